// A terminal for a serial line: what is typed goes to the line, what comes from the line is shown. Ends when the line hangs up.
//
//     node dist/serial.js --path /dev/ttyUSB0 --speed 115200
import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { Lines } from './shared/lines.js'
import { fail, options } from './shared/options.js'
import { unlessBlocked } from './shared/tcp.js'

const STDIN = 0
const { path, speed } = options({ path: '/dev/ttyUSB0', speed: 115200 })
const line = open(path)
makeRaw(path)
const room = Buffer.alloc(4096)
const received = new Lines()
let unsent = Buffer.alloc(0)

// The input may be a file, or /dev/null.
using selector = new DefaultSelector<(mask: number) => void>({ anyDescriptor: true })
selector.register(line, EVENT_READ, transfer)
selector.register(STDIN, EVENT_READ, takeInput)
console.log(`connected to ${path}`)
while (selector.getMap().has(line)) {
  for (const [key, mask] of selector.select()) key.data(mask)
}
closeSync(line)
console.log('the line has hung up')

/** Non-blocking, because opening would wait for a carrier otherwise; and not as the terminal that Ctrl-C of the line would reach. */
function open(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  } catch (error) {
    fail(error)
  }
}

/**
 * Bytes as they come: no echo, no lines, no signals. By the path, while the line is open: given the descriptor for a standard input,
 * node would make it a blocking one.
 */
function makeRaw(path: string): void {
  const flag = process.platform === 'linux' ? '-F' : '-f'
  const { status, stderr } = spawnSync('stty', [flag, path, 'raw', '-echo', 'clocal', String(speed)], {
    encoding: 'utf8',
  })
  if (status !== 0) fail(stderr.trim())
}

function transfer(mask: number): void {
  if (mask & EVENT_WRITE) send()
  if (mask & EVENT_READ) show()
}

function show(): void {
  // "Ready" may turn out to be EAGAIN: another program may read the line as well.
  const data = unlessBlocked(() => room.subarray(0, readSync(line, room)))
  for (const text of received.push(data)) console.log(`received: ${text}`)
  if (data?.length === 0) selector.unregister(line)
}

/** Takes what there is, and nothing else until that is sent: a line is slow. */
function takeInput(): void {
  const data = unlessBlocked(() => Buffer.from(room.subarray(0, readSync(STDIN, room))))
  if (data === undefined) return
  selector.unregister(STDIN)
  if (data.length === 0) return
  unsent = data
  selector.modify(line, EVENT_READ | EVENT_WRITE, transfer)
}

function send(): void {
  unsent = unsent.subarray(tryWrite())
  if (unsent.length > 0) return
  selector.modify(line, EVENT_READ, transfer)
  selector.register(STDIN, EVENT_READ, takeInput)
}

/** How much the line has taken: not always all, and nothing once it has hung up, which the next read tells. */
function tryWrite(): number {
  try {
    return unlessBlocked(() => writeSync(line, unsent)) ?? 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EIO') return 0
    throw error
  }
}
