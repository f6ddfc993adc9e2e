// A UDP service: a board on which anyone may pin notes, which fall off after a while.
//
//     node dist/udp-service.js --port 1234 --period 60
//     echo 'put tea at four' | nc -u -w 1 localhost 1234
//     echo 'get tea' | nc -u -w 1 localhost 1234
//
// The event loop is free while the selector waits, so that notes fall off by plain timers.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { AF_INET, type InetAddress, SOCK_DGRAM, Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { HOST, nameOf, unlessBlocked } from './shared/tcp.js'

/** Limits: of replies that the system does not accept at once, and of notes. */
const [MOST_ANSWERS, MOST_NOTES] = [1000, 10_000]

const { port, period } = options({ port: 1234, period: 60 })
const notes = new Map<string, string>()
const answers: [text: string, address: InetAddress][] = []
const socket = open()

using selector = new DefaultSelector<undefined, Socket<InetAddress>>()
selector.register(socket, EVENT_READ)
for await (const [, mask] of selector) {
  if (mask & EVENT_READ) hear()
  flush()
  selector.modify(socket, answers.length > 0 ? EVENT_READ | EVENT_WRITE : EVENT_READ)
}

function open(): Socket<InetAddress> {
  const socket = new Socket(AF_INET, SOCK_DGRAM)
  socket.setBlocking(false)
  try {
    socket.bind([HOST, port])
  } catch (error) {
    fail(error)
  }
  console.log(`listening on ${nameOf(socket.getSockName())}`)
  return socket
}

function hear(): void {
  const [data, address] = unlessBlocked(() => socket.recvFrom(65536)) ?? []
  // UDP promises nothing: a client that misses a reply asks again.
  if (data !== undefined && address !== undefined && answers.length < MOST_ANSWERS) {
    answers.push([answerTo(data.toString().trim()), address])
  }
}

function answerTo(request: string): string {
  const [, verb, title, text = ''] = /^(\w+) (\S+) ?(.*)$/s.exec(request) ?? []
  if (title === undefined) return 'put <title> <text>, or get <title>'
  if (verb === 'get') return notes.get(title) ?? `no ${title}`
  if (verb !== 'put') return `cannot ${verb}`
  if (notes.size >= MOST_NOTES && !notes.has(title)) return 'the board is full'
  notes.set(title, text)
  setTimeout(() => notes.get(title) === text && notes.delete(title), period * 1000)
  return 'pinned'
}

function flush(): void {
  for (let [next] = answers; next !== undefined; [next] = answers) {
    const [text, address] = next
    if (unlessBlocked(() => socket.sendTo(`${text}\n`, address)) === undefined) return
    answers.shift()
  }
}
