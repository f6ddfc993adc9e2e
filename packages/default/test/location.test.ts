import { mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Installation } from './installation'

// As pnpm lays packages out: what one does not depend on is not beside it.
const installation = new Installation('poll').addSham('selectors-far').addSham('selectors-near')
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
})

describe.each(['main.cjs', 'main.mjs'])('SELECTORS_BACKEND names a package, which %s finds', (main) => {
  it.each([
    { where: 'beside itself', program: 'owner', cwd: '/', name: 'selectors-far', selector: 'ShamSelector' },
    {
      where: 'in the current directory',
      program: 'stranger',
      cwd: 'owner',
      name: 'selectors-far',
      selector: 'ShamSelector',
    },
    {
      where: 'beside @selectors/default',
      program: 'stranger',
      cwd: '/',
      name: 'selectors-near',
      selector: 'ShamSelector',
    },
    { where: 'nowhere', program: 'stranger', cwd: '/', name: 'selectors-far', selector: 'UnavailableSelector' },
  ])('$where', ({ program, cwd, name, selector }) => {
    const report = installation.run({
      main: `${program}/${main}`,
      cwd: cwd === '/' ? cwd : path(cwd),
      env: { SELECTORS_BACKEND: name },
    })
    expect(report.selector).toBe(selector)
  })
})

it('a current directory that is gone does no harm', () => {
  const code =
    "const { mkdirSync, rmdirSync } = require('node:fs')\nmkdirSync('gone'); process.chdir('gone'); rmdirSync('../gone')"
  installation.write('owner/gone.cjs', `${code}\nrequire('../report.cjs').report(require('@selectors/default'))`)
  const report = installation.run({ main: 'owner/gone.cjs', env: { SELECTORS_BACKEND: 'selectors-far' } })
  expect(report.selector).toBe('ShamSelector')
})
