import { Installation, type Report, reasonOf, statusesOf, working } from './installation'

const preamble = `
  const { report } = require('./report.cjs')
  const { registerBackend } = require('@selectors/default/registry')
  const { ShamSelector } = require('selectors-sham')
  const attempt = (work) => { try { return work() ?? 'done' } catch ({ name, code, message }) { return { name, code, message } } }
`

const installation = new Installation('poll').addSham()

/** Runs a program that registers backends. */
function register(code: string, env: NodeJS.ProcessEnv = {}): Report {
  return installation.write('main.cjs', `${preamble}${code}`).run({ env })
}

const chosen = "report(require('@selectors/default'))"

describe('a registered backend', () => {
  it('is tried before the others', () => {
    const report = register(`registerBackend({ name: 'sham', load: () => ShamSelector }); ${chosen}`)
    expect(report).toMatchObject({ selector: 'ShamSelector', extendsBase: true, ...working })
    expect(report.backends[0]).toEqual({ name: 'sham', status: 'chosen' })
    expect(Object.keys(statusesOf(report))).toEqual(['sham', 'kqueue', 'epoll', 'devpoll', 'afd', 'poll', 'select'])
  })

  it('keeps its place among several, before and after the others', () => {
    const report = register(`for (const [name, position] of [['a'], ['y', 'last'], ['b', 'first'], ['z', 'last']]) {
      registerBackend({ name, position, load() { throw new Error(name) } })
    }
    ${chosen}`)
    expect(report).toMatchObject({ selector: 'PollSelector', ...working })
    expect(Object.entries(statusesOf(report))).toEqual([
      ['a', 'broken'],
      ['b', 'broken'],
      ['kqueue', 'not tried'],
      ['epoll', 'not installed'],
      ['devpoll', 'not tried'],
      ['afd', 'not tried'],
      ['poll', 'chosen'],
      ['select', 'not tried'],
      ['y', 'not tried'],
      ['z', 'not tried'],
    ])
    expect(reasonOf(report, 'a')).toBe('it is broken, tell its authors: a')
    expect(reasonOf(report, 'z')).toBe('poll was chosen')
  })

  it('is the last resort where nothing else serves', () => {
    const main = `${preamble}registerBackend({ name: 'sham', position: 'last', load: () => ShamSelector }); ${chosen}`
    const report = new Installation().addSham().write('main.cjs', main).run()
    expect(report).toMatchObject({ selector: 'ShamSelector', ...working })
  })

  it('is asked for by its name, or not tried when another one is', () => {
    const code = `registerBackend({ name: 'sham', position: 'last', load: () => ShamSelector }); ${chosen}`
    expect(register(code, { SELECTORS_BACKEND: 'sham' })).toMatchObject({ selector: 'ShamSelector', ...working })
    expect(statusesOf(register(code, { SELECTORS_BACKEND: 'poll' }))).toMatchObject({
      sham: 'not tried',
      poll: 'chosen',
    })
  })

  it('keeps the object that it was registered with', () => {
    const report = register(
      `registerBackend({ name: 'sham', from: ShamSelector, load() { return this.from } }); ${chosen}`,
    )
    expect(report.selector).toBe('ShamSelector')
  })

  it('is registered by an ES module that is imported before', () => {
    const report = installation
      .write(
        'register.mjs',
        `import { registerBackend } from '@selectors/default/registry'
         import { ShamSelector } from 'selectors-sham'
         registerBackend({ name: 'sham', load: () => ShamSelector })`,
      )
      .write(
        'main.mjs',
        "import './register.mjs'\nimport * as all from '@selectors/default'\nimport { report } from './report.cjs'\nreport(all)",
      )
      .run({ main: 'main.mjs' })
    expect(report).toMatchObject({ selector: 'ShamSelector', ...working })
  })
})

describe('registerBackend() refuses', () => {
  const refusal = (code: string) =>
    register(`const refused = attempt(() => { ${code} }); report(require('@selectors/default'), { refused })`)

  it.each([
    [
      'a name that is taken',
      "for (let i = 0; i < 2; i++) registerBackend({ name: 'a', load() { throw 1 } })",
      "'a' exists",
    ],
    ['the name of a known backend', "registerBackend({ name: 'epoll', load: () => ShamSelector })", "'epoll' exists"],
    [
      'the package of a known backend',
      "registerBackend({ name: '@selectors/poll', load() {} })",
      "'@selectors/poll' exists",
    ],
    [
      'the package of another as its own',
      "registerBackend({ name: 'a', package: '@selectors/poll', load: () => ShamSelector })",
      "'@selectors/poll' exists",
    ],
    [
      'what comes too late',
      "require('@selectors/default'); registerBackend({ name: 'late', load: () => ShamSelector })",
      "'late' comes too late",
    ],
  ])('%s', (_what, code, message) => {
    const report = refusal(code)
    expect(report.refused).toMatchObject({ name: 'RegistrationError', code: 'ERR_SELECTOR_REGISTRATION' })
    expect((report.refused as Error).message).toContain(message)
    expect(report).toMatchObject({ selector: 'PollSelector', ...working })
  })

  it.each([
    ['nothing', 'registerBackend()', 'needs a name'],
    ['no name', 'registerBackend({ load: () => ShamSelector })', 'needs a name'],
    ['an empty name', "registerBackend({ name: '', load: () => ShamSelector })", 'needs a name'],
    ['a name that is no string', 'registerBackend({ name: 5, load: () => ShamSelector })', 'needs a name'],
    ['no load()', "registerBackend({ name: 'a' })", "'a' needs a function load()"],
    [
      'a position that is none',
      "registerBackend({ name: 'a', position: 2, load: () => ShamSelector })",
      "neither 'first' nor 'last'",
    ],
    ['a package without a name', "registerBackend({ name: 'a', package: '', load: () => ShamSelector })", 'is no name'],
    [
      'a wake that is no function',
      "registerBackend({ name: 'a', wake: {}, load: () => ShamSelector })",
      'is no function',
    ],
  ])('%s', (_what, code, message) => {
    const report = refusal(code)
    expect(report.refused).toMatchObject({ name: 'ValueError', code: 'ERR_SELECTOR_VALUE' })
    expect((report.refused as Error).message).toContain(message)
    expect(Object.keys(statusesOf(report))[0]).toBe('kqueue')
  })
})
