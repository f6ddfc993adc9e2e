import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tool = join(__dirname, '..')

let directory: string
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'selectors-create-')))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

/** Runs `node packages/create-backend` in an empty directory. */
function create(...args: string[]) {
  return spawnSync(process.execPath, [tool, ...args], { cwd: directory, encoding: 'utf8' })
}

function written(path: string): string {
  return readFileSync(join(directory, path), 'utf8')
}

it('writes a package in which every name is the new one', () => {
  const { status, stdout, stderr } = create('@acme/io-ring')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain(`Wrote ${directory}/io-ring: the package @acme/io-ring with IoRingSelector.`)
  const files = readdirSync(join(directory, 'io-ring'), { recursive: true, encoding: 'utf8' }).sort()
  expect(files).toEqual([
    '.gitignore',
    'README.md',
    'native',
    'native/binding.gyp',
    'native/io_ring.cc',
    'native/prebuild.mjs',
    'package.json',
    'src',
    'src/index.ts',
    'src/io-ring-selector.ts',
    'test',
    'test/conformance.test.mjs',
    'tsconfig.json',
  ])
  for (const file of files.filter((file) => file.includes('.'))) {
    expect(`${file}: ${written(`io-ring/${file}`)}`).not.toMatch(/my.?backend/i)
  }
  expect(JSON.parse(written('io-ring/package.json'))).toMatchObject({ name: '@acme/io-ring' })
  expect(written('io-ring/src/index.ts')).toContain("export { IoRingSelector, wake } from './io-ring-selector.js'\n")
  expect(written('io-ring/native/io_ring.cc')).toContain('\nSELECTORS_BACKEND(IoRing, "@acme/io-ring")\n')
})

it('keeps a name that contains the one of the template', () => {
  expect(create('not-my-backend').status).toBe(0)
  expect(written('not-my-backend/src/index.ts')).toContain(
    "export { NotMyBackendSelector, wake } from './not-my-backend-selector.js'\n",
  )
})

it('writes where it is told to', () => {
  mkdirSync(join(directory, 'packages'))
  expect(create('ring', 'packages/ours').stdout).toContain('\n  cd packages/ours\n')
  expect(JSON.parse(written('packages/ours/package.json'))).toMatchObject({ name: 'ring' })
})

it.each([
  ['a directory', (path: string) => mkdirSync(path)],
  ['a file', (path: string) => writeFileSync(path, 'precious')],
])('never overwrites %s', (_what, make) => {
  make(join(directory, 'ring'))
  const before = readdirSync(directory, { recursive: true })
  const { status, stderr } = create('ring')
  expect(status).toBe(1)
  expect(stderr).toBe(
    `Cannot make ${directory}/ring: it exists, and nothing is overwritten. A second argument names another directory\n`,
  )
  expect(readdirSync(directory, { recursive: true })).toEqual(before)
})

it('says so when there is no place for the directory', () => {
  const { status, stderr } = create('ring', 'nowhere/ring')
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Cannot make .*\/nowhere\/ring: ENOENT.*\. A second argument names another directory\n$/)
})

it.each([
  ['', 'lower-case words joined by hyphens are needed'],
  ['Ring', 'lower-case words joined by hyphens are needed'],
  ['io_ring', 'lower-case words joined by hyphens are needed'],
  ['io--ring', 'lower-case words joined by hyphens are needed'],
  ['3d', 'lower-case words joined by hyphens are needed'],
  ['../ring', 'lower-case words joined by hyphens are needed'],
  ['acme/ring', 'lower-case words joined by hyphens are needed'],
  ['@acme/', 'lower-case words joined by hyphens are needed'],
  ['a'.repeat(215), 'npm takes 214'],
  ['stream', "'stream' is a module of Node.js"],
  ['poller', "'poller' is taken in the code that is written"],
  ['@acme/napi', "'napi' is taken in the code that is written"],
])('refuses the name "%s"', (name, message) => {
  const { status, stdout, stderr } = create(name)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(readdirSync(directory)).toEqual([])
})

it('explains itself', () => {
  expect(create('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: /), stderr: '' })
  expect(create()).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^Usage: /) })
  expect(create('a', 'b', 'c')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/^Usage: /) })
})
