import { Installation, type Report, reasonOf, statusesOf, working } from './installation'

function expectRefused(report: Report, name: string, reason: string): void {
  expect(report.selector).toBe('UnavailableSelector')
  expect(report.error).toMatchObject({
    code: 'ERR_SELECTOR_BACKEND',
    message: `SELECTORS_BACKEND is '${name}', which is not usable here, and no other is tried in its place:\n- ${name}: ${reason}`,
    cause: { name: 'AggregateError', errors: 1 },
  })
  expect(Object.values(statusesOf(report)).filter((status) => status !== 'not tried')).toHaveLength(1)
}

const installation = new Installation('epoll', 'poll').addSham().addSham('@acme/selectors-sham')
const withBackend = (SELECTORS_BACKEND: string) => installation.run({ env: { SELECTORS_BACKEND } })

describe('SELECTORS_BACKEND', () => {
  it.each(['poll', '@selectors/poll'])('chooses a known backend by %s, and tries no other', (name) => {
    const report = withBackend(name)
    expect(report).toMatchObject({ selector: 'PollSelector', ...working })
    expect(Object.entries(statusesOf(report))).toEqual([
      ['kqueue', 'not tried'],
      ['epoll', 'not tried'],
      ['devpoll', 'not tried'],
      ['afd', 'not tried'],
      ['poll', 'chosen'],
      ['select', 'not tried'],
    ])
    expect(reasonOf(report, 'epoll')).toBe(`SELECTORS_BACKEND is '${name}'`)
  })

  it('counts as unset when it is empty', () => {
    expect(withBackend('').selector).toBe('EpollSelector')
  })

  it.each(['selectors-sham', '@acme/selectors-sham'])('chooses the package %s', (name) => {
    const report = withBackend(name)
    expect(report).toMatchObject({ selector: 'ShamSelector', extendsBase: true, ...working })
    expect(report.backends[0]).toEqual({ name, package: name, status: 'chosen' })
    expect(Object.keys(statusesOf(report))).toEqual([name, 'kqueue', 'epoll', 'devpoll', 'afd', 'poll', 'select'])
  })

  it('has nothing stand in for a backend that is not installed', () => {
    expectRefused(withBackend('select'), 'select', '@selectors/select is not installed: npm i @selectors/select')
    const kqueue = '@selectors/kqueue is not installed; it is for macOS and the BSDs, not for linux'
    expectRefused(withBackend('kqueue'), 'kqueue', kqueue)
  })

  it('has nothing stand in for a name that is unknown', () => {
    const reason = (name: string) =>
      `'${name}' is neither a backend (kqueue, epoll, devpoll, afd, poll, select) nor a package that is installed beside the program`
    for (const name of ['epol', '@acme/selectors-none']) expectRefused(withBackend(name), name, reason(name))
  })

  it('has nothing stand in for a package that is broken', () => {
    installation.addSham('selectors-empty', 'delete exports.ShamSelector')
    const report = withBackend('selectors-empty')
    expect(reasonOf(report, 'selectors-empty')).toMatch(/^selectors-empty is broken, .* no selector class found/)
    expectRefused(report, 'selectors-empty', reasonOf(report, 'selectors-empty') as string)
  })
})

describe('a package that exports a selector class', () => {
  it.each([
    ['as the whole export', 'module.exports = exports.ShamSelector', 'ShamSelector'],
    ['as default, beside others', 'exports.default = class Other extends exports.ShamSelector {}', 'Other'],
    [
      'as its only class, beside other things',
      'exports.version = 1; exports.helper = () => {}; exports.nothing = null',
      'ShamSelector',
    ],
    ['under two names', 'exports.Selector = exports.ShamSelector', 'ShamSelector'],
  ])('%s', (what, code, selector) => {
    const name = `selectors-${what.replace(/\W/g, '-')}`
    installation.addSham(name, code)
    expect(withBackend(name)).toMatchObject({ selector, ...working })
  })
})
