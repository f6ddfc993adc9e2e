import { isExpected, type Result, tell } from './faults/expected'
import { run } from './faults/program'

describe.each(['epoll', 'poll', 'select'])('over %s', (backend) => {
  // Every operation, with no descriptor left to the process, with one, and so on.
  it('what needs a descriptor is refused without one, is as before, and works when there are more', async () => {
    const results = (await run('exhaust.cjs', backend)) as Result[]
    const wrong = results.filter((result) => !isExpected(result, backend) || result.wrong.length + result.left > 0)
    expect(wrong.map((result) => tell(result, [result.outcome, result.wrong, result.left]))).toEqual([])
    const refused = results.filter(({ outcome }) => outcome.code === 'EMFILE')
    // A wake-up has two.
    expect(new Set(refused.map(({ which }) => which))).toEqual(new Set([0, 1]))
    const counted = (name: string) => refused.filter((result) => result.name === name).length
    expect([counted('wakeup()'), counted('waker()'), counted('selectAsync() by a thread')]).toEqual([2, 2, 2])
  }, 60_000)

  it('what needs a thread is refused without memory for one, is as before, and works when there is some', async () => {
    const [[refused, size, found, foundLater]] = (await run('no-thread.cjs', backend)) as [unknown[]]
    expect(refused).toEqual(['EAGAIN', expect.stringContaining('selectAsync: it needs a thread')])
    expect([size, found, foundLater]).toEqual([1, [1], [1]])
  })
})
