// What `writeLater()` and its thread share: an order, and numbers at these indices.

/** Not 0 from the moment from which the seconds count. */
export const STARTED = 0
/** Always 0: a place to sleep at, where no late notification of the first ends it. */
export const PAUSE = 1
/** {@link OVER} once the thread has written, or tried to. */
export const STATE = 2
export const OVER = 1
/** What that returned. */
export const RESULT = 3
export const LENGTH = 4

/** What to write to which descriptor, and when. */
export interface Order {
  readonly fd: number
  readonly data: string
  readonly seconds: number
}
