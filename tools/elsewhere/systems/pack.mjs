// Packs the built packages with their tests for systems that pnpm, turbo and swc have no binaries for: `node
// tools/elsewhere/systems/pack.mjs DIRECTORY` after a build, on any system. There, `node run.mjs` in the directory builds the bindings
// and runs the tests; it needs Node.js, npm, a C++17 compiler, GNU make and python3.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFileSync } from '@swc/core'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../../..')
const target = resolve(process.argv[2] ?? 'packed')
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { transform } = readJson('tools/jest/jest-preset.json')
const [, swcOptions] = transform['\\.ts$']

rmSync(target, { recursive: true, force: true })
mkdirSync(join(target, 'tools'), { recursive: true })
for (const name of readdirSync(join(root, 'packages'))) {
  // The others are programs that need pnpm.
  if (readJson(`packages/${name}/package.json`).exports) packPackage(name)
}
cpSync(join(root, 'tools/build-native.mjs'), join(target, 'tools/build-native.mjs'))
for (const file of ['dispose.cjs', 'run.mjs']) cpSync(join(here, file), join(target, file))
writeJson('package.json', { private: true, workspaces: ['packages/*'], devDependencies: devDependencies() })

function packPackage(name) {
  const source = join(root, 'packages', name)
  const copy = join(target, 'packages', name)
  for (const part of ['dist', 'native', 'test']) {
    const filter = (file) => !file.startsWith(join(source, 'native/build'))
    if (readdirSync(source).includes(part)) cpSync(join(source, part), join(copy, part), { recursive: true, filter })
  }
  for (const file of readdirSync(join(copy, 'test'), { recursive: true })) {
    if (extname(file) === '.ts') toJavaScript(join(copy, 'test', file))
  }
  const { version, main, exports } = readJson(`packages/${name}/package.json`)
  // "gypfile", or npm would build on its own while it installs.
  writeJson(`packages/${name}/package.json`, { name: `@selectors/${name}`, version, main, exports, gypfile: false })
}

/** What jest would do on the way, done beforehand. The tests that make system calls fail are left out: only Linux has what does that. */
function toJavaScript(file) {
  const { code } = transformFileSync(file, { ...swcOptions, swcrc: false })
  if (!code.includes('require("@selectors/faults")')) writeFileSync(file.replace(/\.ts$/, '.js'), code)
  rmSync(file)
}

/** jest is one that is plain JavaScript: version 30 finds modules by a native library. */
function devDependencies() {
  const { 'node-gyp': nodeGyp } = readJson('package.json').devDependencies
  const [, addonApi] = /node-addon-api: (\S+)/.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
  const [, gypBuild] = /node-gyp-build: (\S+)/.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
  return { jest: '29.7.0', 'node-addon-api': addonApi, 'node-gyp': nodeGyp, 'node-gyp-build': gypBuild }
}

function writeJson(path, value) {
  writeFileSync(join(target, path), `${JSON.stringify(value, undefined, 2)}\n`)
}
