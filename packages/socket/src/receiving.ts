/** The most that is received by way of the scratch memory. */
const SCRATCH = 65536

let memory: ArrayBuffer | undefined
let scratch: Buffer | undefined

/**
 * Memory to receive up to `size` bytes in. Most calls receive less than they allow: they share one piece of memory, out
 * of which {@link received} copies, instead of allocating and clearing `size` bytes each.
 */
export function roomFor(size: number): Buffer {
  if (size > SCRATCH) return Buffer.allocUnsafeSlow(size)
  memory ??= new ArrayBuffer(SCRATCH)
  if (scratch?.length !== size) scratch = Buffer.from(memory, 0, size)
  return scratch
}

/**
 * The first `size` bytes of what {@link roomFor} gave, the caller's own. All of them when there were more, as MSG_TRUNC
 * counts.
 */
export function received(room: Buffer, size: number): Buffer {
  const count = Math.min(size, room.length)
  if (room !== scratch && count > room.length / 2) return room.subarray(0, count)
  const own = Buffer.allocUnsafe(count)
  room.copy(own, 0, 0, count)
  return own
}
