// What the watchdog and its thread share: numbers, at these indices, and the name of the test, from a byte on.

/** Odd while a test is running, and another number for each; {@link ENDED} once the thread has ended. */
export const TURN = 0
export const ENDED = -1
/** How long the test may take, in milliseconds. */
export const LIMIT = 1
export const NAME_LENGTH = 2
/** The processes that are to end as well, and 0 in free places. */
export const CHILDREN = 3
export const MOST_CHILDREN = 29
/** Where the name begins, in bytes. */
export const NAME = 4 * (CHILDREN + MOST_CHILDREN)
/** Of all of it, in bytes. */
export const SIZE = NAME + 1024
