import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { EVENT_HANGUP, EVENT_READ, SystemError } from '@selectors/core'
import type * as poll from '@selectors/poll'

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

  it('a hang-up alone is noticed while the event loop sleeps, whatever there is to read before it', () => {
    // In a process that nothing else wakes. The other thread goes on after it has closed: its end would wake the event loop.
    const program = `
      const { Worker } = require('node:worker_threads')
      const { pipe } = require('@selectors/socket')
      const selector = new (require('./fixtures/macos.cjs').PollSelector)()
      const [reader, writer] = pipe()
      writer.write('data')
      selector.register(reader, ${EVENT_HANGUP})
      const start = performance.now()
      selector.selectAsync({ timeout: 20 }).then((batch) => {
        console.log(batch.length, performance.now() - start)
        process.exit()
      })
      const close = 'const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);' +
        'pause(400); require("node:fs").closeSync(' + writer.fileno() + '); pause(60000)'
      new Worker(close, { eval: true })`
    const { stdout } = spawnSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
    const [count, milliseconds] = stdout.split(' ').map(Number)
    expect(count).toBe(1)
    // Unnoticed, it would be found when the helper thread's long sleep is over, 8 s and more after that.
    expect(milliseconds).toBeLessThan(6000)
  })
})
