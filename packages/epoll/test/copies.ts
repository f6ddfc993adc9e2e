import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const workspace = join(__dirname, '..', '..')
const made: string[] = []

/** Removes all copies. */
export function removeCopies(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true })
}

/** A copy of this package as it is installed, without a binding, and programs that use it. */
export class Copy {
  readonly directory = mkdtempSync(join(tmpdir(), 'selectors a copy-'))
  readonly package = join(this.directory, 'node_modules/@selectors/epoll')
  readonly native = join(this.package, 'native')

  constructor() {
    made.push(this.directory)
    for (const part of ['package.json', 'dist', 'native/binding.gyp']) {
      cpSync(join(workspace, 'epoll', part), join(this.package, part), { recursive: true })
    }
    symlinkSync(join(workspace, 'core'), join(this.directory, 'node_modules/@selectors/core'))
  }

  /** Where its prebuild is, in the directory of the package or in another one. */
  prebuild({ libc = 'glibc', prebuilds = join(this.native, 'prebuilds') } = {}): string {
    return join(prebuilds, `${process.platform}-${process.arch}`, `@selectors+epoll.${libc}.node`)
  }

  /** Puts the binding of a package of this workspace into a file. */
  put(file: string, name = 'epoll'): this {
    cpSync(join(workspace, name, 'native/build/Release', `${name}.node`), file, { recursive: true })
    return this
  }

  write(file: string, content: string): this {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return this
  }

  /** Runs a program, which has a `construct()` that tells how a construction ended. */
  run(program: string, { args = [] as readonly string[], env = {} as NodeJS.ProcessEnv } = {}): string {
    const main = join(this.directory, 'main.cjs')
    this.write(main, `${prelude}\n${program}`)
    const options = { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' } as const
    const { stdout, stderr, status } = spawnSync(process.execPath, [...args, main], options)
    if (status !== 0) throw new Error(stderr)
    return stdout
  }
}

const prelude = `
  const { EpollSelector } = require('@selectors/epoll')
  const construct = () => {
    try {
      new EpollSelector().close()
      return 'works'
    } catch ({ name, code, message }) {
      return name + ' ' + code + ': ' + message
    }
  }`

/** Compiles a shared object from C. */
export function compile(file: string, code: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const args = ['-shared', '-fPIC', '-x', 'c', '-o', file, '-']
  execFileSync(process.env.CC ?? 'cc', args, { input: code })
}
