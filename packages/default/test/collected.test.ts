import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

it.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])('a closed %s selector that is collected leaves alone what has its place in the binding', async (name, className) => {
  const args = ['--expose-gc', join(__dirname, 'fixtures', 'collected.cjs'), `@selectors/${name}`, className]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(JSON.parse(stdout)).toEqual(new Array(20).fill(1))
})
