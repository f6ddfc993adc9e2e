import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { Installation, type Report, statusesOf, working } from './installation'

describe('import and require', () => {
  let report: Report
  beforeAll(() => {
    report = new Installation('epoll').copy('identity.mjs').run({ main: 'identity.mjs' })
  })

  it('give the same, by name', () => {
    expect(report).toMatchObject({ selector: 'EpollSelector', ...working, different: [], lists: true })
    expect(report.works).toEqual([1, 2, 'ERR_SELECTOR_VALUE', true])
    expect([...(report.names as string[])].sort()).toEqual([
      'BackendUnavailableError',
      'BaseSelector',
      'DefaultSelector',
      'EDGE_TRIGGERED',
      'EVENT_ERROR',
      'EVENT_HANGUP',
      'EVENT_PRIORITY',
      'EVENT_READ',
      'EVENT_WRITE',
      'EXCLUSIVE',
      'KeyError',
      'NodeFile',
      'ONE_SHOT',
      'SelectorBusyError',
      'SelectorClosedError',
      'SelectorKey',
      'SystemError',
      'ValueError',
      'backends',
      'nodeFile',
      'notifyClosing',
      'waitFor',
      'waitReadable',
      'waitWritable',
      'wake',
    ])
    expect(report.registry).toEqual(['RegistrationError', 'registerBackend'])
  })

  it("give the backend's own class, and core's own names", () => {
    expect(report).toMatchObject({ same: true, foreign: [] })
  })

  it('choose in a worker thread as well', () => {
    const code = `
      const { isMainThread, Worker } = require('node:worker_threads')
      if (isMainThread) new Worker(__filename, { env: { SELECTORS_BACKEND: 'poll' } })
      else require('./report.cjs').report(require('@selectors/default'))`
    const report = new Installation('epoll', 'poll').write('main.cjs', code).run()
    expect(report).toMatchObject({ selector: 'PollSelector', ...working })
  })
})

describe('a bundle', () => {
  const rolldown = join(__dirname, '../node_modules/rolldown/bin/cli.mjs')

  /** Bundles the main program into `out/dist`; answers what the bundler says. */
  function bundle({ directory }: Installation, ...external: string[]): string {
    const args = ['main.cjs', '--platform', 'node', '--format', 'cjs', '--file', 'out/dist/main.cjs']
    return execFileSync(process.execPath, [rolldown, ...args, ...external.flatMap((name) => ['--external', name])], {
      cwd: directory,
      encoding: 'utf8',
    })
  }

  it('is made without complaints while backends are missing, and takes along those that are there', () => {
    const installation = new Installation('poll')
    expect(bundle(installation)).not.toMatch(/warn|unresolved/i)
    const prebuilds = 'node_modules/@selectors/poll/native/prebuilds'
    cpSync(join(installation.directory, prebuilds), join(installation.directory, 'out/native/prebuilds'), {
      recursive: true,
    })
    const report = installation.run({ main: 'out/dist/main.cjs', cwd: '/' })
    expect(report).toMatchObject({ selector: 'PollSelector', ...working })
    expect(statusesOf(report)).toMatchObject({ kqueue: 'not tried', epoll: 'not installed', poll: 'chosen' })
  })

  it('can leave the backends outside', () => {
    const installation = new Installation('epoll', 'poll')
    bundle(installation, '@selectors/epoll', '@selectors/poll')
    expect(installation.run({ main: 'out/dist/main.cjs' })).toMatchObject({ selector: 'EpollSelector', ...working })
  })
})
