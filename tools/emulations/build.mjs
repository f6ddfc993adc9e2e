// Builds the package in the current directory over the emulation that has its name: `node ../../tools/emulations/build.mjs`.
// What is built is a copy of what is published, the directory `build-emulated`, by the options that the package's README documents:
// nothing else tells it that this is not its system.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// Other systems have no --wrap, and nothing to stand for a kernel's queue.
if (process.platform !== 'linux') process.exit(0)

/** The library of each emulation, and the system calls that have to get there under another name. */
const emulations = {
  devpoll: { library: 'emulation.node', wrapped: ['open', 'open64', 'write', 'ioctl', 'close'] },
  kqueue: { library: 'libkqueue-emulation.so', wrapped: ['fcntl', 'fcntl64'] },
}

const name = basename(process.cwd())
const { library, wrapped } = emulations[name]
const here = dirname(fileURLToPath(import.meta.url))
const libraries = join(here, name, 'build/Release')
const copy = resolve('build-emulated')

rmSync(copy, { recursive: true, force: true })
mkdirSync(copy)
for (const published of ['package.json', 'native', 'dist']) {
  cpSync(published, join(copy, published), { recursive: true, filter: (file) => file !== 'native/build' })
}

const wraps = wrapped.map((call) => `-Wl,--wrap=${call}`)
const env = {
  ...process.env,
  [`${name.toUpperCase()}_INCLUDE`]: join(here, name, 'include'),
  [`${name.toUpperCase()}_LIBS`]: [join(libraries, library), `-Wl,-rpath,${libraries}`, ...wraps].join(' '),
}
const { status } = spawnSync(process.execPath, [join(here, '../build-native.mjs')], {
  cwd: copy,
  env,
  stdio: 'inherit',
})
// What build-native.mjs removes beside an ordinary build lands one directory further up for a copy.
rmSync('core', { recursive: true, force: true })

process.exit(status ?? 1)
