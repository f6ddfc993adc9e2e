import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { preloaded } from '@selectors/faults'

// What fails for want of memory is an error, and changes nothing. The C++ library would end the process.
describe.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])('without memory, %s', (name, className) => {
  let found: Record<string, string[]>
  beforeAll(() => {
    const args = [join(__dirname, 'no-memory', 'program.cjs'), `@selectors/${name}`, className]
    const env = { ...process.env, ...preloaded }
    found = JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }))
  })

  it.each([
    ['construct', 1],
    ['register', 1],
    ['register a high number', name === 'epoll' ? 1 : 2],
    ['register many', 3],
    ['modify', 0],
    ['select', 0],
    ['select, with more than before', 0],
    ['unregister', 0],
    ['wakeup', 1],
    ['waker', 1],
    ['selectAsync', 1],
  ])('says so in "%s", and works on', (task, least) => {
    const codes = found[task] ?? []
    // Where the event loop cannot wait, a helper thread does.
    const wrong = codes.filter((code) => code !== 'ENOMEM' && !(task === 'selectAsync' && code === 'nothing'))
    expect(wrong).toEqual([])
    expect(codes.length).toBeGreaterThanOrEqual(least)
  })
})
