// Input events as Linux gives them: keys, mice, joysticks. Each is a record of 24 bytes, and a FIFO serves as well as a device.
//
//     node dist/evdev.js --path /dev/input/event0
//     mkfifo keys; node dist/evdev.js --path keys
//
// The descriptor is a plain number from `openSync`, which is all that a selector needs. The event loop stays free.
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import { fail, options } from './shared/options.js'
import { unlessBlocked } from './shared/tcp.js'

/** `struct input_event` on a machine of 64 bits: seconds, microseconds, type, code, value; see linux/input.h. */
const RECORD = 24
const LITTLE = endianness() === 'LE'
const [EV_KEY, EV_REL] = [1, 2]
const KEY_STATES = ['up', 'down', 'repeats']

const { path } = options({ path: '/dev/input/event0' })
const fd = open(path)
const room = new DataView(new ArrayBuffer(64 * RECORD))
let filled = 0

using selector = new DefaultSelector()
selector.register(fd, EVENT_READ)
console.log(`reading ${path}`)
for await (const _ready of selector) {
  const length = unlessBlocked(() => readSync(fd, room, filled, room.byteLength - filled, null))
  if (length === undefined) continue
  if (length === 0) break
  filled += length
  takeRecords()
}
selector.unregister(fd)
closeSync(fd)
console.log('ended')

/** Non-blocking, so that opening a FIFO does not wait for a writer either. */
function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    fail(error)
  }
}

/** Shows the complete records; an incomplete one is kept until the rest arrives. */
function takeRecords(): void {
  let start = 0
  for (; start + RECORD <= filled; start += RECORD) show(start)
  new Uint8Array(room.buffer).copyWithin(0, start, filled)
  filled -= start
}

function show(start: number): void {
  const time = Number(room.getBigInt64(start, LITTLE)) + Number(room.getBigInt64(start + 8, LITTLE)) / 1e6
  const type = room.getUint16(start + 16, LITTLE)
  const code = room.getUint16(start + 18, LITTLE)
  const value = room.getInt32(start + 20, LITTLE)
  if (type === EV_KEY) console.log(`${time.toFixed(6)} key ${code} ${KEY_STATES[value] ?? value}`)
  else if (type === EV_REL) console.log(`${time.toFixed(6)} axis ${code} moves ${value}`)
}
