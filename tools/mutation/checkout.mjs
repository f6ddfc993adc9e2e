import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Test } from './test.mjs'

const require = createRequire(import.meta.url)
const here = dirname(fileURLToPath(import.meta.url))
const jest = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js')
const programs = join(here, '..', '..', 'node_modules', '.bin')
const nodeGyp = require.resolve('node-gyp/bin/node-gyp.js')

/** Some tests change the name of the machine: each run has one of its own, where the user may do that. */
const apart = spawnSync('unshare', ['--uts', 'true']).status === 0 ? ['unshare', '--uts'] : []

/** What runs once need not be quick. */
const env = { ...process.env, CXXFLAGS: '-O0', PATH: `${programs}:${process.env.PATH}` }

/** A test that takes longer has failed, as has one that ends the run. Milliseconds. */
const SILENCE = 100_000

/** What is built is there. */
const builtIn = { dist: 'dist', native: 'native/build/Release', emulated: 'build-emulated' }

/** What is running, each a group of processes: it ends with this program. */
const running = new Set()
process.once('exit', () => running.forEach(end))

/** A built copy of the repository, in which one mistake is made at a time. */
export class Checkout {
  #root
  #mutated

  constructor(root) {
    this.#root = root
  }

  /** All that is wanted, but for what is installed, which copies share. */
  copyTo(root, isWanted = (_file) => true) {
    const shared = ['.git', 'node_modules', '.turbo'].map((name) => join(this.#root, name))
    const filter = (file) => !shared.includes(file) && isWanted(file)
    cpSync(this.#root, root, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter })
    symlinkSync(join(here, '..', '..', 'node_modules'), join(root, 'node_modules'))
    return new Checkout(root)
  }

  /**
   * Compiles the TypeScript of a package, its binding where the name ends with `/native`, or that over what stands for a kernel
   * where it ends with `/emulated`. Says whether it compiles.
   */
  async build(name) {
    const [directory, native] = name.split('/')
    const cwd = join(this.#root, 'packages', directory)
    const emulate = join(this.#root, 'tools/emulations/build.mjs')
    const succeeds = async (...command) => (await run(...command)).status === 0
    if (!native) {
      const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
      // What is said of types may be wrong.
      return succeeds('sh', ['-c', scripts.build.replace('tsc ', 'tsc --noCheck ')], cwd)
    }
    if (native === 'emulated') {
      // It removes what the other build's makefile includes.
      const [included, aside] = [join(cwd, 'core'), join(cwd, 'core-aside')]
      if (existsSync(included)) renameSync(included, aside)
      const built = await succeeds(process.execPath, [emulate], cwd)
      if (existsSync(aside)) renameSync(aside, included)
      return built
    }
    // Only what a mistake concerns is compiled again.
    if (existsSync(join(cwd, 'native/build/Makefile'))) {
      return succeeds('make', ['-s', '-C', 'native/build', 'BUILDTYPE=Release'], cwd)
    }
    const headers = join(process.execPath, '..', '..')
    const nodedir = existsSync(join(headers, 'include/node/node_api.h')) ? [`--nodedir=${headers}`] : []
    return succeeds(process.execPath, [nodeGyp, 'configure', 'build', '--directory=native', ...nodedir], cwd)
  }

  /** Returns false, and changes nothing, where the code to be replaced does not occur once. */
  mutate({ file, from, to, builds }) {
    const path = join(this.#root, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(from).length !== 2) return false
    this.#mutated = { path, source, builds }
    writeFileSync(
      path,
      source.replace(from, () => to),
    )
    return true
  }

  /** Takes the mistake back: what was built comes from an untouched copy. */
  restore(untouched) {
    if (this.#mutated === undefined) return
    const { path, source, builds } = this.#mutated
    writeFileSync(path, source)
    for (const name of builds) {
      const [directory, native = 'dist'] = name.split('/')
      const built = join('packages', directory, builtIn[native])
      const filter = (file) => !file.endsWith('obj.target')
      cpSync(join(untouched.#root, built), join(this.#root, built), { recursive: true, filter })
    }
    this.#mutated = undefined
  }

  /**
   * Runs tests until one fails, as mutants/tests.mjs has them, other than those that have been told. Returns which one: that in which
   * the run crashes or stays, if it does; or undefined.
   */
  async firstFailure([directory, ...args], told = []) {
    const cwd = join(this.#root, 'packages', directory)
    const environment = join(here, 'first-failure.cjs')
    const options = ['-i', '--forceExit', '--watchman=false', `--env=${environment}`, ...args]
    // What cannot be run at all ends it too.
    if (told.length === 0) options.unshift('--bail')
    const [command, ...first] = [...apart, process.execPath, jest]
    const { status, output } = await run(command, [...first, ...options], cwd, {
      env: { MUTATION_TOLD: JSON.stringify(told) },
      silence: SILENCE,
    })
    const events = [...output.matchAll(/^mutation (at|failed) (.*)$/gm)]
    const [, what, last] = events.at(-1) ?? []
    const hasFailed = what === 'failed' || (status !== 0 && (status !== 1 || told.length === 0))
    if (!hasFailed) return undefined
    const { file, name } = last === undefined ? { file: args[0], name: '' } : JSON.parse(last)
    return new Test(directory, file, name)
  }
}

/** Ends what the program has started as well, and the program where it says nothing for too long. */
function run(command, args, cwd, { env: more = {}, silence } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'ignore', 'pipe']
    const child = spawn(command, args, { cwd, env: { ...env, ...more }, detached: true, stdio })
    running.add(child)
    const timer = silence === undefined ? undefined : setTimeout(() => end(child), silence)
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text
      timer?.refresh()
    })
    child.once('exit', () => end(child))
    child.once('close', (status) => {
      clearTimeout(timer)
      resolve({ status, output })
    })
  })
}

function end(child) {
  running.delete(child)
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // All have ended.
  }
}
