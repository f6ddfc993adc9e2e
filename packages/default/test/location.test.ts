import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Installation } from './installation'

// As pnpm lays packages out: what one does not depend on is not beside it.
const installation = new Installation('poll')
  .addSham('selectors-far')
  .addSham('selectors-near')
  .addSham('selectors-cwd')
const path = (name: string) => join(installation.directory, name)

function move(from: string, to: string): void {
  mkdirSync(dirname(path(to)), { recursive: true })
  renameSync(path(from), path(to))
}

function link(target: string, from: string): void {
  mkdirSync(dirname(path(from)), { recursive: true })
  symlinkSync(path(target), path(from))
}

beforeAll(() => {
  move('node_modules', 'store/node_modules')
  move('store/node_modules/selectors-far', 'far/node_modules/selectors-far')
  link('store/node_modules/@selectors/core', 'far/node_modules/@selectors/core')
  for (const program of ['owner', 'stranger']) {
    link('store/node_modules/@selectors/default', `${program}/node_modules/@selectors/default`)
    installation.write(`${program}/main.cjs`, "require('../report.cjs').report(require('@selectors/default'))")
    installation.write(
      `${program}/main.mjs`,
      "import * as all from '@selectors/default'\nimport { report } from '../report.cjs'\nreport(all)",
    )
  }
  link('far/node_modules/selectors-far', 'owner/node_modules/selectors-far')
  move('store/node_modules/selectors-cwd', 'stranger/node_modules/selectors-cwd')
})

describe.each(['main.cjs', 'main.mjs'])('SELECTORS_BACKEND names a package, which %s finds', (main) => {
  it.each([
    { where: 'beside itself', program: 'owner', cwd: '/', name: 'selectors-far', selector: 'ShamSelector' },
    {
      where: 'beside @selectors/default',
      program: 'stranger',
      cwd: '/',
      name: 'selectors-near',
      selector: 'ShamSelector',
    },
    { where: 'nowhere', program: 'stranger', cwd: '/', name: 'selectors-far', selector: 'UnavailableSelector' },
    {
      where: 'nowhere, not in the current directory either',
      program: 'stranger',
      cwd: 'owner',
      name: 'selectors-far',
      selector: 'UnavailableSelector',
    },
  ])('$where', ({ program, cwd, name, selector }) => {
    const report = installation.run({
      main: `${program}/${main}`,
      cwd: cwd === '/' ? cwd : path(cwd),
      env: { SELECTORS_BACKEND: name },
    })
    expect(report.selector).toBe(selector)
  })
})

it('a package that is there, and lacks another one, is not said to be missing', () => {
  installation.write('owner/node_modules/selectors-lacking/index.js', "require('selectors-lacked')")
  const report = installation.run({ main: 'owner/main.cjs', env: { SELECTORS_BACKEND: 'selectors-lacking' } })
  expect(report.selector).toBe('UnavailableSelector')
  expect(report.error?.message).toContain("Cannot find module 'selectors-lacked'")
  expect(report.error?.message).not.toContain("'selectors-lacking' is neither a backend")
})

it('a current directory that is gone does no harm', () => {
  const code =
    "const { mkdirSync, rmdirSync } = require('node:fs')\nmkdirSync('gone'); process.chdir('gone'); rmdirSync('../gone')"
  installation.write('owner/gone.cjs', `${code}\nrequire('../report.cjs').report(require('@selectors/default'))`)
  const report = installation.run({ main: 'owner/gone.cjs', env: { SELECTORS_BACKEND: 'selectors-far' } })
  expect(report.selector).toBe('ShamSelector')
})

describe('SELECTORS_BACKEND names no file', () => {
  const file = path('far/node_modules/selectors-far/index.cjs')

  it.each([
    ['an absolute path', file],
    ['a relative path', './node_modules/selectors-far/index.cjs'],
    ['a path upwards', '../far/node_modules/selectors-far'],
    ['a file in a package', 'selectors-far/index.cjs'],
    ['a URL', `file://${file}`],
    ['code in a URL', 'data:text/javascript,export{}'],
    ['a module of Node', 'node:fs'],
    ['a module of Node by its old name', 'fs'],
    ['a directory', '..'],
    ['a hidden directory', '.bin'],
    ['a package with a NUL', 'selectors-far%00'],
  ])('%s', (_what, name) => {
    const report = installation.run({ main: 'owner/main.cjs', cwd: path('owner'), env: { SELECTORS_BACKEND: name } })
    expect(report.selector).toBe('UnavailableSelector')
    expect(report.error?.message).toContain(`'${name}' is neither a backend`)
    expect(report.error?.message).toMatch(/ nor the name of a package$/)
  })

  it.each([
    ['has no program', ['-e', "require('../report.cjs').report(require('@selectors/default'))"]],
    ['comes from the standard input', ['-']],
  ])('also where the code %s, which is in no directory', (_what, args) => {
    const child = spawnSync(process.execPath, args, {
      cwd: path('stranger'),
      env: { PATH: process.env.PATH, SELECTORS_BACKEND: 'selectors-cwd' },
      input: "console.log(JSON.stringify({ selector: require('@selectors/default').DefaultSelector.name }))",
      encoding: 'utf8',
    })
    expect(JSON.parse(child.stdout)).toMatchObject({ selector: 'UnavailableSelector' })
  })
})

it.each(['user', 'group'])(
  'SELECTORS_BACKEND is not looked at where the process has the rights of another %s',
  (whose) => {
    const method = whose === 'user' ? 'geteuid' : 'getegid'
    installation.write('owner/privileged.cjs', `const id = process.${method}(); process.${method} = () => id + 1`)
    const run = (name: string, ...args: string[]) =>
      installation.run({ main: 'owner/main.cjs', args, env: { SELECTORS_BACKEND: name } })
    expect(run('selectors-far').selector).toBe('ShamSelector')
    const preload = ['--require', path('owner/privileged.cjs')]
    for (const name of ['selectors-far', 'select', 'none']) expect(run(name, ...preload).selector).toBe('PollSelector')
  },
)
