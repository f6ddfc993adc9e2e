import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Installation, prebuildOf, type Report, reasonOf, rebuildCommand, statusesOf, working } from './installation'

const prebuild = (name: string) => `node_modules/@selectors/${name}/${prebuildOf(name)}`

/** epoll was refused with this status, poll stepped in. */
function expectRefused(report: Report, status: string): void {
  expect(report).toMatchObject({ selector: 'PollSelector', ...working })
  expect(statusesOf(report)).toMatchObject({ epoll: status, poll: 'chosen' })
}

describe('a binding that cannot be loaded', () => {
  const rebuildIn = ({ directory }: Installation) => rebuildCommand(join(directory, 'node_modules/@selectors/epoll'))

  it('because it is garbage', () => {
    const installation = new Installation('epoll', 'poll').write(prebuild('epoll'), 'garbage')
    const report = installation.run()
    expectRefused(report, 'unavailable')
    const file = join(installation.directory, prebuild('epoll'))
    expect(reasonOf(report, 'epoll')).toMatch(
      `The binding of @selectors/epoll cannot be loaded from ${file}: file too short`,
    )
    expect(reasonOf(report, 'epoll')).toContain(`build it from source with \`${rebuildIn(installation)}\``)
  })

  it('because it is missing', () => {
    const installation = new Installation('epoll', 'poll')
    rmSync(join(installation.directory, prebuild('epoll')))
    const report = installation.run()
    expectRefused(report, 'unavailable')
    const system = `${process.platform}-${process.arch} with glibc`
    expect(reasonOf(report, 'epoll')).toBe(
      `There is no binding of @selectors/epoll for ${system}: build it from source with \`${rebuildIn(installation)}\``,
    )
    expect(report.backends[1]?.error).toContain(join(installation.directory, prebuild('epoll')))
  })

  it("because it is another package's", () => {
    const installation = new Installation('epoll', 'poll')
    const file = (name: string) => join(installation.directory, prebuild(name))
    cpSync(file('poll'), file('epoll'))
    const report = installation.run()
    expectRefused(report, 'unavailable')
    expect(reasonOf(report, 'epoll')).toMatch(
      `The binding of @selectors/epoll was looked for, and what was found, ${file('epoll')}, is the binding of @selectors/poll:`,
    )
  })

  it('is named with its remedy when nothing else serves', () => {
    const installation = new Installation('epoll').write(prebuild('epoll'), 'garbage')
    const { error } = installation.run()
    expect(error?.message).toMatch(/^No backend is usable on /)
    expect(error?.message).toContain(`\n- epoll: The binding of @selectors/epoll cannot be loaded`)
    expect(error?.message).toContain(rebuildIn(installation))
    expect(error?.message).toContain('\n- poll: @selectors/poll is not installed: npm i @selectors/poll')
  })
})

const replaceable = new Installation('epoll', 'poll')
const sham = `class Sham {
  register() {} unregister() {} modify() {} getKey() {} getMap() {} select() { return [] } close() { }
  static supports = {}
}`

describe('a package that is broken', () => {
  it.each([
    ['throws an error', "throw new Error('out of order\\nand more')", 'out of order'],
    ['throws an error without a message', 'throw new RangeError()', 'RangeError'],
    ['throws a string', "throw 'out of order'", "'out of order'"],
    ['throws null', 'throw null', 'null'],
    ['throws nothing', 'throw undefined', 'undefined'],
    ['throws a bare object', 'throw Object.create(null)', '[Object: null prototype] {}'],
    [
      'throws what throws',
      "throw { get code() { throw 'code' }, get message() { throw 'message' } }",
      'cannot be shown',
    ],
    ['throws a revoked proxy', 'const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy', 'cannot be shown'],
    ['lacks a dependency', "require('node-gyp-built')", "Cannot find module 'node-gyp-built'"],
    ['lacks a file', "require('./lost.js')", "Cannot find module './lost.js'"],
    ['exports nothing', '', 'no selector class found'],
    ['exports a promise', `${sham}; module.exports = Promise.resolve(Sham)`, 'no selector class found'],
    ['exports something else', 'exports.EpollSelector = class {}', 'no selector class found'],
    ['lacks supports', `${sham}; Sham.supports = undefined; exports.Sham = Sham`, 'static `supports`'],
    ['exports two classes', `${sham}; exports.A = Sham; exports.B = class B extends Sham {}`, '(Sham, B)'],
    ['fails to construct', `${sham}; module.exports = class extends Sham { constructor() { super(); throw 5 } }`, '5'],
    [
      'fails to select',
      `${sham}; exports.S = class S extends Sham { select() { return 0 } }`,
      'does not return a list',
    ],
    ['fails to close', `${sham}; exports.S = class S extends Sham { close() { throw Error('stuck') } }`, 'stuck'],
  ])('%s', (_what, code, reason) => {
    const report = replaceable.replace('epoll', code).run()
    expectRefused(report, 'broken')
    expect(reasonOf(report, 'epoll')).toMatch(/^@selectors\/epoll is broken, reinstall it or tell its authors: .+$/)
    expect(reasonOf(report, 'epoll')).toContain(reason)
  })

  it('has lost its files', () => {
    const installation = new Installation('epoll', 'poll')
    rmSync(join(installation.directory, 'node_modules/@selectors/epoll/dist'), { recursive: true })
    expectRefused(installation.run(), 'broken')
  })
})

it.each([
  ['when it is created', 'open: () => -38, wait: () => 0', 'ENOSYS'],
  ['when it waits', 'open: () => 0, wait: () => -1', 'EPERM'],
])('a mechanism that the system refuses %s is unavailable', (_when, methods, reason) => {
  const code = `const { PollerSelector } = require('@selectors/core')
    const poller = { ${methods}, close: () => 0 }
    exports.S = class S extends PollerSelector {
      static supports = { events: 3 }
      constructor() {
        super(poller, { syscalls: { open: 'epoll_create1', control: 'epoll_ctl', wait: 'epoll_wait' }, supports: S.supports })
      }
    }`
  const report = replaceable.replace('epoll', code).run()
  expectRefused(report, 'unavailable')
  expect(reasonOf(report, 'epoll')).toContain(reason)
})
