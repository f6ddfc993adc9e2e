// Waits for the 'data' of a net.Socket.
import { Socket } from 'node:net'
import { answerWakes, END, since } from './wakes.js'

const end = new Socket({ fd: END })
let arrive: (latency: number) => void
end.on('data', (answer) => arrive(since(answer, process.hrtime.bigint())))

await answerWakes(() => {
  end.write('?')
  return new Promise((resolve) => {
    arrive = resolve
  })
})
