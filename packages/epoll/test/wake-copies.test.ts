import { join } from 'node:path'
import { Copy, removeCopies } from './copies'

afterEach(removeCopies)

const others = {
  'is installed elsewhere': (copy: Copy) => copy.put(copy.prebuild()),
  'was built there': (copy: Copy) => copy.put(join(copy.native, 'build/Debug/epoll.node')),
}

/** A program for two copies, in which `first` and `second` are what they export. */
const both = (second: Copy) => `
  const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')
  const first = require('@selectors/epoll')
  const second = require(${JSON.stringify(second.package)})`

describe.each(Object.entries(others))('a handle is taken by another copy that %s', (_what, put) => {
  it('in the same thread', () => {
    const [copy, second] = [new Copy(), put(new Copy())]
    const said = copy.put(copy.prebuild()).run(`${both(second)}
      const [selector, other] = [new first.EpollSelector(), new second.EpollSelector()]
      const handles = [selector.waker(), other.waker()]
      console.log(new Set(handles.map(({ token }) => token)).size)
      console.log(second.wake(handles[0]), first.wake(handles[1]), first.wake(handles[0]))
      console.log(selector.select(10), other.select(10))
      selector.close()
      console.log(second.wake(handles[0]), first.wake(handles[1]))
      other.close()
      console.log(second.wake(handles[1]), first.wake({ ...handles[1], token: handles[1].token + 1 }))`)
    expect(said).toBe('2\ntrue true true\n[] []\nfalse true\nfalse false\n')
  })

  it('in another thread, which knows only that one, while this one is blocked', () => {
    const [copy, second] = [new Copy(), put(new Copy())]
    const said = copy.put(copy.prebuild()).run(`
      const { Worker } = require('node:worker_threads')
      const selector = new EpollSelector()
      const code = \`
        const { parentPort, workerData } = require('node:worker_threads')
        const { wake } = require(${JSON.stringify(second.package)})
        setTimeout(() => parentPort.postMessage(wake(workerData)), 20)\`
      new Worker(code, { eval: true, workerData: selector.waker() }).on('message', console.log)
      const start = performance.now()
      console.log(selector.select(60).length, performance.now() - start < 30_000)
      selector.close()`)
    expect(said).toBe('0 true\ntrue\n')
  })

  it('after the thread that had loaded it first has ended, again and again', () => {
    const [copy, second] = [new Copy(), put(new Copy())]
    const said = copy.put(copy.prebuild()).run(`
      const { once } = require('node:events')
      const { Worker } = require('node:worker_threads')
      const { EpollSelector: Other, wake } = require(${JSON.stringify(second.package)})
      const code = \`
        const { parentPort } = require('node:worker_threads')
        const { EpollSelector } = require(${JSON.stringify(copy.package)})
        const selector = new EpollSelector()
        parentPort.postMessage(selector.waker())
        selector.select()
        selector.close()\`
      ;(async () => {
        const seen = new Set()
        for (let round = 0; round < 5; round++) {
          const worker = new Worker(code, { eval: true })
          const [handle] = await once(worker, 'message')
          seen.add(handle.token).add(round === 3 ? new Other().waker().token : -1)
          const woken = wake(handle)
          await once(worker, 'exit')
          console.log(woken, wake(handle))
        }
        console.log(seen.size)
      })()`)
    expect(said).toBe(`${'true false\n'.repeat(5)}7\n`)
  })
})
