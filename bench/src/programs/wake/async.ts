// Waits in selectAsync().
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { Socket } from '@selectors/socket'
import { ANSWER_SIZE, answerWakes, END, since } from './wakes.js'

const end = Socket.from(END)
const question = Buffer.from('?')
const answer = Buffer.alloc(ANSWER_SIZE)
const selector = new EpollSelector()
selector.register(end, EVENT_READ)

await answerWakes(async () => {
  end.send(question)
  await selector.selectAsync()
  const woken = process.hrtime.bigint()
  end.recvInto(answer)
  return since(answer, woken)
})
