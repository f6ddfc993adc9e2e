import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const published = process.env.SELECTORS_PUBLISHED as string
const root = join(__dirname, '../../..')
const modules = join(__dirname, '../node_modules')
const prebuild =
  /^native\/prebuilds\/(linux-(x64|arm64)\/@selectors\+\w+\.(glibc|musl)|linux-arm\/@selectors\+\w+\.armv[67]\.(glibc|musl)|(darwin|win32)-(x64|arm64)\/@selectors\+\w+)\.node$/
const kilobyte = 1024

/** The other packages are programs, which are published as they are. */
const compiled = (name: string) => existsSync(join(root, 'packages', name, 'src'))

describe.each(readdirSync(join(root, 'packages')))('the tarball of @selectors/%s', (name) => {
  const storage = join(published, 'registry/storage/@selectors', name)
  const tarball = join(storage, readdirSync(storage).find((file) => file.endsWith('.tgz')) as string)
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
  const prebuilds = files.filter((file) => prebuild.test(file))

  // A map would need the sources, and both would double what is installed.
  it('holds what is compiled, native sources, prebuilds and four pages, and nothing else', () => {
    const published = compiled(name) ? /^native\// : /^(\w+\.mjs$|template\/)/
    const sources = tracked(`packages/${name}`).filter((path) => published.test(path))
    const modules = tracked(`packages/${name}`)
      .filter((path) => path.startsWith('src/'))
      .map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1'))
    const types = modules.filter((path) => !/^dist\/conformance\/(groups|scripts)\//.test(path))
    const output = [...types.map((path) => `${path}.d.ts`), ...code(name, modules)]
    const pages = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
    expect(files.sort()).toEqual([...pages, ...sources, ...output, ...prebuilds].sort())
  })

  it('has a prebuild for this system, if its binding is for it', () => {
    const here = ['epoll', 'poll', 'select', 'socket'].includes(name)
    expect(prebuilds.some((file) => file.includes(`/${process.platform}-${process.arch}/`))).toBe(here)
  })

  it('tells its users what is new', () => {
    const changelog = execFileSync('tar', ['-xzOf', tarball, 'package/CHANGELOG.md'], { encoding: 'utf8' })
    expect(changelog).toMatch(new RegExp(`^# @selectors/${name}\n\n## \\d+\\.\\d+\\.\\d+\n`))
    expect(changelog).not.toMatch(/\b[0-9a-f]{7,40}:|Updated dependencies/)
  })

  it('is small', () => {
    expect(statSync(tarball).size).toBeLessThan((200 + 50 * prebuilds.length) * kilobyte)
  })

  // A program that imports nothing from it needs neither; and publint takes the package that it writes for a part of its own.
  if (!compiled(name)) return

  it('pleases publint', () => {
    expectSuccess([join(modules, 'publint/src/cli.js'), 'run', tarball, '--strict', '--level', 'suggestion'])
  })

  it('has types that arethetypeswrong finds right', () => {
    expectSuccess([join(modules, '@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'node16'])
  })
})

/** One file for each entry, and what something else than an entry loads: the conformance suite and what that looks at files with, the thread of `later.ts`. */
function code(name: string, modules: readonly string[]): string[] {
  if (!compiled(name)) return []
  const others: Readonly<Record<string, readonly string[]>> = {
    core: ['program', 'binding/load-binding', 'contract/open-file'],
    default: ['registry', 'register-backend-shared'],
    socket: ['pairs', 'later-thread', 'later-memory', 'binding', 'errors'],
  }
  const suite = modules.filter((path) => path.startsWith('dist/conformance/') && !path.endsWith('/subject'))
  return [...['index', ...(others[name] ?? [])].map((file) => `dist/${file}`), ...suite].map((path) => `${path}.js`)
}

/** What git would commit of a directory, relative to it. */
function tracked(directory: string): string[] {
  const cwd = join(root, directory)
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd, encoding: 'utf8' })
    .trim()
    .split('\n')
}

function expectSuccess(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
}
