// Waits for the callback of a poller: what selectAsync() and for await are made of, without promises.
import { EVENT_READ, type Poller } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { Socket } from '@selectors/socket'
import { ANSWER_SIZE, answerWakes, END, since } from './wakes.js'

const end = Socket.from(END)
const question = Buffer.from('?')
const answer = Buffer.alloc(ANSWER_SIZE)
const ready = new Int32Array(4)
let arrive: (latency: number) => void
let poller: Poller | undefined

const selector = new EpollSelector({
  decorate(made) {
    poller = made
    return made
  },
})
selector.register(end, EVENT_READ)
arm()

await answerWakes(() => {
  end.send(question)
  return new Promise((resolve) => {
    arrive = resolve
  })
})

function arm(): void {
  poller?.arm?.(onReady)
}

function onReady(): void {
  const found = poller?.wait(0, ready)
  const woken = process.hrtime.bigint()
  if (found === 1) {
    end.recvInto(answer)
    arrive(since(answer, woken))
  }
  arm()
}
