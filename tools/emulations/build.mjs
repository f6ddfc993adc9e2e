// Builds the package in the current directory over the emulation that stands in for its system: `node ../../tools/emulations/build.mjs`.
// What is built is a copy of what is published, the directory `build-emulated`, or one there for each system; by the options that the
// package's README documents: nothing else tells it that this is not its system.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFileSync } from '@swc/core'

// Other systems have no --wrap, and nothing to stand for a kernel's queue.
if (process.platform !== 'linux') process.exit(0)

const here = dirname(fileURLToPath(import.meta.url))
const libraryOf = (emulation, name) => join(here, emulation, 'build/Release', name)
const linking = (library, calls) =>
  [library, `-Wl,-rpath,${dirname(library)}`, ...calls.map((call) => `-Wl,--wrap=${call}`)].join(' ')

/** Those that say what a queue's system is. */
const queueCalls = ['fcntl', 'fcntl64', 'fstat', 'fstat64', 'poll', 'uname', 'close']

/** What each package's copies are built with; `wrapped` are the system calls that have to get to the library under another name. */
const copies = {
  devpoll: [standIn('devpoll', 'emulation.node', ['open', 'open64', 'write', 'ioctl', 'close'])],
  kqueue: [standIn('kqueue', 'libkqueue-emulation.so', queueCalls)],
  poll: [system('macos', ['poll', 'fcntl', 'fcntl64'], 'mac'), system('openbsd', ['poll', 'ppoll'])],
  select: [system('macos', ['pselect']), system('openbsd', ['pselect'])],
}

/** For what a system other than this one has. */
function standIn(name, library, wrapped) {
  const options = name.toUpperCase()
  return {
    directory: '.',
    env: {
      [`${options}_INCLUDE`]: join(here, name, 'include'),
      [`${options}_LIBS`]: linking(libraryOf(name, library), wrapped),
    },
  }
}

/** For what this system has too, but not as another one has it. */
function system(name, wrapped, os = 'linux') {
  return {
    directory: name,
    env: {
      GYP_DEFINES: `system=${os}`,
      LDFLAGS: `-Wl,--no-as-needed ${linking(libraryOf('poll', `${name}.so`), wrapped)}`,
      CXXFLAGS: os === 'mac' ? `-I${join(here, 'poll/include')}` : '',
    },
  }
}

const toCommonJs = {
  swcrc: false,
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
}

rmSync('build-emulated', { recursive: true, force: true })
for (const { directory, env } of copies[basename(process.cwd())]) build(resolve('build-emulated', directory), env)

function build(copy, env) {
  mkdirSync(copy, { recursive: true })
  for (const published of ['package.json', 'native', 'dist']) {
    cpSync(published, join(copy, published), { recursive: true, filter: (file) => file !== 'native/build' })
  }
  // What describes the backend by the name of a system. What is published has it for one system only, in one file with the rest.
  const source = 'src/backend.ts'
  if (existsSync(source)) writeFileSync(join(copy, 'dist/backend.js'), transformFileSync(source, toCommonJs).code)
  const { status } = spawnSync(process.execPath, [join(here, '../build-native.mjs')], {
    cwd: copy,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  // What build-native.mjs removes beside an ordinary build lands further up for a copy.
  rmSync('core', { recursive: true, force: true })
  if (status !== 0) process.exit(status ?? 1)
}
