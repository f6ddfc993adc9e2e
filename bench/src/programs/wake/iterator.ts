// Waits in a loop of for await.
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { Socket } from '@selectors/socket'
import { ANSWER_SIZE, answerWakes, END, since } from './wakes.js'

const end = Socket.from(END)
const question = Buffer.from('?')
const answer = Buffer.alloc(ANSWER_SIZE)
const selector = new EpollSelector()
selector.register(end, EVENT_READ)
let arrive: (latency: number) => void

void receive()
await answerWakes(() => {
  end.send(question)
  return new Promise((resolve) => {
    arrive = resolve
  })
})

async function receive(): Promise<void> {
  for await (const _ready of selector) {
    const woken = process.hrtime.bigint()
    end.recvInto(answer)
    arrive(since(answer, woken))
  }
}
