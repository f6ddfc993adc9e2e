import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Installation, type Report, reasonOf, statusesOf, working } from './installation'

const binding = `node_modules/@selectors/epoll/native/prebuilds/${process.platform}-${process.arch}/node.napi.node`

/** epoll was refused with this status, poll stepped in. */
function expectRefused(report: Report, status: string): void {
  expect(report).toMatchObject({ selector: 'PollSelector', ...working })
  expect(statusesOf(report)).toMatchObject({ epoll: status, poll: 'chosen' })
}

describe('a binding that cannot be loaded', () => {
  const rebuild =
    'npm i --no-save node-addon-api@8 node-gyp@12 && npx node-gyp rebuild -C node_modules/@selectors/epoll/native'

  it('because it is garbage', () => {
    const report = new Installation('epoll', 'poll').write(binding, 'garbage').run()
    expectRefused(report, 'unavailable')
    expect(reasonOf(report, 'epoll')).toContain(rebuild)
    expect(report.backends[1]?.error).toMatch(/cause\].*: .*(node\.napi\.node|too short|ELF)/)
  })

  it('because it is missing', () => {
    const installation = new Installation('epoll', 'poll')
    rmSync(join(installation.directory, binding))
    const report = installation.run()
    expectRefused(report, 'unavailable')
    expect(reasonOf(report, 'epoll')).toContain(rebuild)
    expect(report.backends[1]?.error).toContain('No native build was found')
  })

  it('is named with its remedy when nothing else serves', () => {
    const { error } = new Installation('epoll').write(binding, 'garbage').run()
    expect(error?.message).toMatch(/^No backend is usable on /)
    expect(error?.message).toContain(`\n- epoll: The binding of @selectors/epoll cannot be loaded`)
    expect(error?.message).toContain(rebuild)
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
      'does not answer a list',
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
