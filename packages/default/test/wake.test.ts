import { Installation, type Report } from './installation'

const preamble = `
  const { Worker, isMainThread, workerData } = require('node:worker_threads')
  const attempt = (work) => { try { return work() } catch ({ name, code, message }) { return { name, code, message } } }
  const say = (said) => console.log(JSON.stringify(said))
`
const installation = new Installation('epoll', 'poll', 'select').addSham()

/** Runs a program that prints what came of it. */
function run(code: string, env: NodeJS.ProcessEnv = {}): Report {
  return installation.write('main.cjs', `${preamble}${code}`).run({ env })
}

/** A program whose worker wakes the main thread, which is blocked in `select()` meanwhile and sees how it ended. */
function wokenByWorker(makeSelector: string): string {
  return `
    const done = new Int32Array(new SharedArrayBuffer(4))
    if (isMainThread) {
      const selector = ${makeSelector}
      const worker = new Worker(__filename, { workerData: { handle: selector.waker(), done } })
      const started = performance.now()
      const batch = selector.select(20)
      const early = performance.now() - started < 15000
      Atomics.wait(done, 0, 0, 10000)
      selector.close()
      worker.once('exit', () => say({ batch, early, answer: done[0] }))
    } else {
      const { wake } = require('@selectors/default')
      const { handle, done } = workerData
      Atomics.store(done, 0, wake(handle) ? 1 : 2)
      Atomics.notify(done, 0)
    }`
}

describe('wake()', () => {
  it.each([
    ['epoll', 'EpollSelector'],
    ['poll', 'PollSelector'],
    ['select', 'SelectSelector'],
  ])('wakes a blocked %s selector from a thread that has none', (backend, name) => {
    const report = run(wokenByWorker(`new (require('@selectors/${backend}').${name})()`))
    expect(report).toEqual({ batch: [], early: true, answer: 1 })
  })

  it('returns false once the selector is closed', () => {
    const report = run(`
      const { DefaultSelector, wake } = require('@selectors/default')
      const [open, closed] = [new DefaultSelector(), new DefaultSelector()]
      const handles = [open, closed].map((selector) => structuredClone(selector.waker()))
      closed.close()
      say({ answers: handles.map(wake), batch: open.select(20) })`)
    expect(report).toEqual({ answers: [true, false], batch: [] })
  })

  it('wakes a selector of a registered backend, through the wake that it was registered with', () => {
    const report = run(`
      const { registerBackend } = require('@selectors/default/registry')
      const { ShamSelector } = require('selectors-sham')
      const woken = []
      const wake = (handle) => woken.push(handle.token) > 0
      registerBackend({ name: 'sham', package: 'selectors-sham', load: () => ShamSelector, wake })
      const all = require('@selectors/default')
      const answers = ['sham', 'selectors-sham'].map((backend, token) => all.wake({ backend, token }))
      say({ answers, woken, chosen: all.backends()[0] })`)
    expect(report).toEqual({
      answers: [true, true],
      woken: [0, 1],
      chosen: { name: 'sham', package: 'selectors-sham', status: 'chosen' },
    })
  })

  it('reads a handle once, and gives a backend what it has checked', () => {
    const report = run(`
      const { registerBackend } = require('@selectors/default/registry')
      const { ShamSelector } = require('selectors-sham')
      const given = []
      registerBackend({ name: 'sham', load: () => ShamSelector, wake: ({ token }) => given.push(token) > 0 })
      const reads = []
      const handle = {
        get backend() { return reads.push('backend') && 'sham' },
        get token() { return reads.push('token') > 2 ? NaN : 7 },
      }
      say({ answer: require('@selectors/default').wake(handle), given, reads: reads.sort() })`)
    expect(report).toEqual({ answer: true, given: [7], reads: ['backend', 'token'] })
  })

  it('wakes a selector of the package that SELECTORS_BACKEND names', () => {
    installation.addSham('selectors-waking', 'exports.wake = ({ token }) => token === 7')
    const code =
      "say({ answer: attempt(() => require('@selectors/default').wake({ backend: 'selectors-waking', token: 7 })) })"
    expect(run(code, { SELECTORS_BACKEND: 'selectors-waking' })).toEqual({ answer: true })
    expect(run(code)).toMatchObject({ answer: { code: 'ERR_SELECTOR_VALUE' } })
  })

  it.each([
    ['nothing', 'undefined', 'ERR_SELECTOR_VALUE', /^Invalid wake handle undefined: expected what waker\(\) returns$/],
    ['a handle without a token', "{ backend: 'epoll' }", 'ERR_SELECTOR_VALUE', /^Invalid wake handle an Object/],
    [
      'a token that can be none, before it loads a backend',
      "{ backend: '@selectors/devpoll', token: NaN }",
      'ERR_SELECTOR_VALUE',
      /^Invalid wake handle with the token NaN: /,
    ],
    [
      'a stranger, which is not loaded',
      "{ backend: 'selectors-sham', token: 1 }",
      'ERR_SELECTOR_VALUE',
      /^A wake handle of selectors-sham, which is not known here: .*registerBackend\(\)/,
    ],
    [
      'a backend that is not installed',
      "{ backend: '@selectors/devpoll', token: 1 }",
      'ERR_SELECTOR_BACKEND',
      /^@selectors\/devpoll is not installed; it is for Solaris and illumos/,
    ],
    [
      'a backend that was registered without wake',
      "{ backend: 'mute', token: 1 }",
      'ERR_SELECTOR_BACKEND',
      /^The backend mute has no wake\(\): .*registerBackend\(\)$/,
    ],
  ])('refuses %s', (_what, handle, code, message) => {
    const report = run(`
      require('@selectors/default/registry').registerBackend({ name: 'mute', load() { throw new Error() } })
      say(attempt(() => require('@selectors/default').wake(${handle})))`)
    expect(report).toMatchObject({ code, message: expect.stringMatching(message) })
  })
})
