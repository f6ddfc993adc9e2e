// Waits for the callback of the npm package `epoll`, which is found in the directory of the second argument.
import { readSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ANSWER_SIZE, answerWakes, END, since } from './wakes.js'

interface EpollClass {
  readonly EPOLLIN: number
  new (callback: (error: Error | null) => void): { add(fd: number, events: number): void }
}

const { Epoll }: { Epoll: EpollClass } = createRequire(`${process.argv[3]}/`)('epoll')
const answer = Buffer.alloc(ANSWER_SIZE)
let arrive: (latency: number) => void

new Epoll(() => {
  const woken = process.hrtime.bigint()
  readSync(END, answer)
  arrive(since(answer, woken))
}).add(END, Epoll.EPOLLIN)

await answerWakes(() => {
  writeSync(END, '?')
  return new Promise((resolve) => {
    arrive = resolve
  })
})
