import { join } from 'node:path'
import { type Backend, Installation, type Report, reasonOf, rebuildCommand, statusesOf, working } from './installation'

const kqueue = '@selectors/kqueue is not installed; it is for macOS and the BSDs, not for linux'
const devpoll = '@selectors/devpoll is not installed; it is for Solaris and illumos, not for linux'
const afd = '@selectors/afd is not installed; it is for Windows, not for linux'

describe.each<{ backends: Backend[]; selector: string; statuses: Record<Backend, string> }>([
  {
    backends: ['epoll', 'poll', 'select'],
    selector: 'EpollSelector',
    statuses: { epoll: 'chosen', poll: 'not tried', select: 'not tried' },
  },
  {
    backends: ['poll', 'select'],
    selector: 'PollSelector',
    statuses: { epoll: 'not installed', poll: 'chosen', select: 'not tried' },
  },
  {
    backends: ['poll'],
    selector: 'PollSelector',
    statuses: { epoll: 'not installed', poll: 'chosen', select: 'not tried' },
  },
  {
    backends: ['select'],
    selector: 'SelectSelector',
    statuses: { epoll: 'not installed', poll: 'not installed', select: 'chosen' },
  },
])('with $backends installed', ({ backends, selector, statuses }) => {
  let report: Report
  beforeAll(() => {
    report = new Installation(...backends).run()
  })

  it(`chooses ${selector}, which works`, () => {
    expect(report).toMatchObject({ selector, extendsBase: true, ...working })
  })

  it('says what became of each', () => {
    expect(Object.entries(statusesOf(report))).toEqual([
      ['kqueue', 'not tried'],
      ['epoll', statuses.epoll],
      ['devpoll', 'not tried'],
      ['afd', 'not tried'],
      ['poll', statuses.poll],
      ['select', statuses.select],
    ])
    expect(report.backends.map((backend) => backend.package)).toEqual(
      report.backends.map(({ name }) => `@selectors/${name}`),
    )
    for (const { status, reason, error } of report.backends) {
      expect(reason === undefined).toBe(status === 'chosen')
      expect(error === undefined).toBe(status === 'chosen' || status === 'not tried')
    }
  })
})

describe('with no backend installed', () => {
  let report: Report
  beforeAll(() => {
    report = new Installation().run()
  })

  it('can be imported and looked at', () => {
    expect(report.selector).toBe('UnavailableSelector')
    expect(report.extendsBase).toBe(true)
    expect(report.supports).toMatchObject({ fileno: false, aboveFdSetSize: false })
    expect(new Set(Object.values(statusesOf(report)))).toEqual(new Set(['not installed']))
  })

  it('cannot be constructed: the error says what to install', () => {
    expect(report.error).toEqual({
      name: 'BackendUnavailableError',
      code: 'ERR_SELECTOR_BACKEND',
      message: [
        `No backend is usable on ${process.platform}-${process.arch}:`,
        `- kqueue: ${kqueue}`,
        '- epoll: @selectors/epoll is not installed: npm i @selectors/epoll',
        `- devpoll: ${devpoll}`,
        `- afd: ${afd}`,
        '- poll: @selectors/poll is not installed: npm i @selectors/poll',
        '- select: @selectors/select is not installed: npm i @selectors/select',
      ].join('\n'),
      cause: { name: 'AggregateError', errors: 6 },
    })
  })
})

describe('on a system without binaries', () => {
  const installation = new Installation('epoll', 'poll', 'select').write(
    'pretend.cjs',
    "Object.defineProperty(process, 'platform', { value: process.env.PRETEND })",
  )
  const on = (platform: string) =>
    installation.run({ args: ['--require', './pretend.cjs'], env: { PRETEND: platform } })

  it.each([
    ['sunos', { kqueue: 'macOS and the BSDs, not for sunos', devpoll: 'npm i @selectors/devpoll' }],
    ['freebsd', { kqueue: 'npm i @selectors/kqueue', devpoll: 'Solaris and illumos, not for freebsd' }],
  ])('refuses all on %s, and advises what is for it', (platform, { kqueue, devpoll }) => {
    const report = on(platform)
    expect(statusesOf(report)).toEqual({
      kqueue: 'not installed',
      epoll: 'unavailable',
      devpoll: 'not installed',
      afd: 'not installed',
      poll: 'unavailable',
      select: 'unavailable',
    })
    expect(reasonOf(report, 'kqueue')).toContain(kqueue)
    expect(reasonOf(report, 'epoll')).toBe(`@selectors/epoll works on Linux only, not on ${platform}`)
    expect(reasonOf(report, 'devpoll')).toContain(devpoll)
    expect(reasonOf(report, 'poll')).toContain(
      rebuildCommand(join(installation.directory, 'node_modules/@selectors/poll')),
    )
    expect(report.error?.message).not.toContain('use @selectors/default')
    expect(report.error?.code).toBe('ERR_SELECTOR_BACKEND')
    for (const { name } of report.backends) expect(report.error?.message).toContain(`\n- ${name}: `)
  })
})
