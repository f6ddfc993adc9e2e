import { join, relative } from 'node:path'
import { startScript, startWorker, type Task } from '../dist/conformance/child.js'

const scripts = join(__dirname, '..', 'dist', 'conformance', 'scripts')
const talk = relative(scripts, join(__dirname, 'scripts', 'talk'))
const task: Task = { module: '', name: '', fds: [] }

it.each([
  ['a worker', startWorker],
  ['a child process', startScript],
])('no message is lost of %s that says several things and ends', async (_, start) => {
  const child = await start(talk, task)
  await child.ended
  for (const message of [1, 2, 3]) expect(await child.message()).toBe(message)
})
