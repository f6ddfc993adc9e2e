import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')

interface Manifest {
  name: string
  /** What a program such as create-backend lacks. */
  exports?: Record<string, string>
  scripts: Record<string, string>
  dependencies?: Record<string, string>
  [field: string]: unknown
}

const manifests = readdirSync(join(root, 'packages')).map((directory) => ({
  directory,
  manifest: JSON.parse(readFileSync(join(root, 'packages', directory, 'package.json'), 'utf8')) as Manifest,
}))
const modules = manifests.flatMap(({ manifest }) =>
  Object.keys(manifest.exports ?? {})
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1)),
)

describe.each(manifests)('packages/$directory', ({ directory, manifest }) => {
  it('says where it comes from and what it needs', () => {
    expect(manifest).toMatchObject({
      name: `@selectors/${directory}`,
      license: 'MIT',
      repository: { type: 'git', directory: `packages/${directory}` },
      engines: { node: '>=20' },
      files: expect.arrayContaining(['CHANGELOG.md', ...(manifest.exports ? ['dist'] : [])]),
      publishConfig: { access: 'public' },
    })
  })

  it('installs on every system, without running anything', () => {
    for (const field of ['os', 'cpu', 'libc']) expect(manifest).not.toHaveProperty(field)
    for (const script of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts).not.toHaveProperty(script)
    // npm builds what it finds there, `npm ci` even where package.json says `"gypfile": false`.
    expect(existsSync(join(root, 'packages', directory, 'binding.gyp'))).toBe(false)
  })

  it('depends on nothing at run time but node-gyp-build and packages of its family', () => {
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      expect(dependency).toMatch(/^(node-gyp-build|@selectors\/.+)$/)
    }
  })
})

it.each(modules)('%s is the same by import and by require', (specifier) => {
  const program = `
    import { createRequire } from 'node:module'
    import * as imported from '${specifier}'
    const required = createRequire(import.meta.url)('${specifier}')
    const names = Object.keys(required)
    console.log(JSON.stringify({ names, different: names.filter((name) => imported[name] !== required[name]) }))`
  const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: __dirname,
    encoding: 'utf8',
  })
  const { names, different } = JSON.parse(stdout)
  expect(names).not.toEqual([])
  expect(different).toEqual([])
})

it.each([
  ['core', 1],
  // Its own three, and what core finds bindings with.
  ['socket', 4],
  ['epoll', 2],
  ['poll', 2],
  ['select', 2],
  ['afd', 2],
  // Its own two, core, and the backend that it chooses.
  ['default', 4],
])('@selectors/%s is loaded from %i files, without what few programs need', (name, files) => {
  const program = `
    const { moduleLoadList } = process
    const before = new Set(moduleLoadList)
    require('@selectors/${name}')
    const builtins = moduleLoadList.filter((module) => !before.has(module)).map((module) => module.replace('NativeModule ', ''))
    require('node:fs').writeSync(1, JSON.stringify([Object.keys(require.cache), builtins]))`
  const [loaded, builtins] = JSON.parse(
    execFileSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' }),
  )
  expect(loaded).toHaveLength(files)
  const unneeded = ['worker_threads', 'perf_hooks', 'module', 'net', 'stream', 'child_process']
  // What marks a selector as one that no thread can be sent, since Node.js 22; this package tries one when it is loaded.
  const marking =
    name === 'default' && Number.parseInt(process.versions.node, 10) >= 22 ? ['stream', 'worker_threads'] : []
  expect(builtins.filter((builtin: string) => unneeded.includes(builtin)).sort()).toEqual(marking)
})

it.each(modules)('%s loads no binding when it is imported, unless it has to choose one', (specifier) => {
  const program = `require('${specifier}'); console.log(process.report.getReport().sharedObjects.filter((file) => file.endsWith('.node')).length)`
  const stdout = execFileSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
  expect(Number(stdout) > 0).toBe(specifier === '@selectors/default')
})
