const MEGABYTE = 1 << 20

/** What is left over, in bytes. */
export interface Leak {
  readonly heap: number
  readonly resident: number
}

/** Whether it is more than a runtime may take for itself. */
export function isLeak({ heap, resident }: Leak): boolean {
  return heap >= MEGABYTE / 2 || resident >= 4 * MEGABYTE
}
