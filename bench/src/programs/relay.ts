// relay PAIRS ACTIVE: the benchmark of libevent, see c/relay.c.
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { Socket } from '@selectors/socket'
import { answerRounds, timePasses } from './rounds.js'

const FIRST = 3
const [pairs, active] = process.argv.slice(2).map(Number) as [number, number]
const readers = Array.from({ length: pairs }, (_, pair) => Socket.from(FIRST + 2 * pair))
const writers = Array.from({ length: pairs }, (_, pair) => Socket.from(FIRST + 2 * pair + 1))
const byte = Buffer.from('!')

const selector = new EpollSelector<Socket, Socket>()
for (const [pair, reader] of readers.entries()) {
  selector.register(reader, EVENT_READ, writers[(pair + 1) % pairs] as Socket)
}
for (let i = 0; i < active; i++) writers[Math.floor((i * pairs) / active)]?.send(byte)

await answerRounds(
  timePasses(() => {
    for (const [key] of selector.select()) {
      key.fileobj.recvInto(byte)
      key.data.send(byte)
    }
  }),
)
