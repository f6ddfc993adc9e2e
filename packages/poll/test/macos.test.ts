import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { EVENT_HANGUP, EVENT_READ, SystemError } from '@selectors/core'
import type * as poll from '@selectors/poll'
import { pipe } from '@selectors/socket'

/** The class as it is on macOS, over the emulation of its poll(2). */
const describeEmulated = process.platform === 'linux' ? describe : describe.skip

describeEmulated('on macOS', () => {
  let selector: poll.PollSelector
  beforeEach(() => {
    const { PollSelector } = require('./fixtures/macos.cjs') as typeof poll
    selector = new PollSelector()
  })
  afterEach(() => selector.close())

  it.each(['/dev/null', '/dev/zero', '/'])('%s is refused, in words that name what works', (path) => {
    const fd = openSync(path, 'r')
    expect(() => selector.register(fd, EVENT_READ)).toThrow(SystemError)
    expect(() => selector.register(fd, EVENT_READ)).toThrow(
      `EINVAL: invalid argument, poll: fd ${fd} cannot be waited on by poll(2) of macOS: ` +
        'it is a device, a directory or a named FIFO. Try @selectors/select',
    )
    closeSync(fd)
  })

  it('a terminal that has a number is waited for', () => {
    const { status } = spawnSync('test', ['-c', '/dev/ptmx'])
    if (status !== 0) return
    const fd = openSync('/dev/ptmx', 'r+')
    selector.register(fd, EVENT_READ)
    expect(selector.select(0.01)).toEqual([])
    closeSync(fd)
  })

  it('a number that is not open is taken, and reported', () => {
    const key = selector.register(2 ** 31 - 1, EVENT_READ)
    expect(selector.select()).toEqual([[key, EVENT_READ]])
  })

  it('a hang-up alone is noticed while the event loop sleeps, whatever there is to read before it', async () => {
    const [reader, writer] = pipe()
    writer.write('data')
    const key = selector.register(reader, EVENT_HANGUP)
    const wait = selector.selectAsync({ timeout: 20 })
    // It goes on after it has closed: its end would wake the event loop.
    const program = `
      const { workerData: [fd, ended] } = require('node:worker_threads')
      const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
      pause(400)
      require('node:fs').closeSync(fd)
      Atomics.wait(ended, 0, 0)`
    const ended = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(program, { eval: true, workerData: [writer.fileno(), ended] })
    const start = performance.now()
    expect(await wait).toEqual([[key, EVENT_HANGUP]])
    // Unnoticed, it would be found when the helper thread's long sleep is over, after 10 s.
    expect(performance.now() - start).toBeLessThan(7000)
    await worker.terminate()
    reader.close()
  })
})
