import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

// 600 patches or so, which take a second of the processor for each backend.
it.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])('on %s, what patches the language gets errors: nothing crashes, hangs or stays open', async (name, className) => {
  // Node 24 warns of what some lies lead to, and keeps a descriptor more once it has written that to a pipe.
  const args = ['--no-warnings', '--expose-gc', join(__dirname, 'fixtures', 'patched.cjs'), name, className]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { tried, ...wrong } = JSON.parse(stdout)
  expect(wrong).toEqual({ faults: [], left: 0 })
  expect(tried).toBeGreaterThan(500)
})
