// Waits for the 'data' of a stream of node:fs, which occupies a thread of libuv's pool.
import { createReadStream, writeSync } from 'node:fs'
import { answerWakes, END, since } from './wakes.js'

let arrive: (latency: number) => void
createReadStream('', { fd: END }).on('data', (answer) => arrive(since(answer as Buffer, process.hrtime.bigint())))

await answerWakes(() => {
  writeSync(END, '?')
  return new Promise((resolve) => {
    arrive = resolve
  })
})
