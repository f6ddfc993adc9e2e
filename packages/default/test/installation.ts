import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BackendStatus } from '@selectors/default'

export type Backend = 'epoll' | 'poll' | 'select'

/** What `fixtures/report.cjs` prints. */
export interface Report {
  readonly selector: string
  readonly backends: readonly {
    name: string
    package?: string
    status: BackendStatus
    reason?: string
    error?: string
  }[]
  readonly extendsBase: boolean
  readonly supports: unknown
  readonly ofDefault?: boolean
  readonly ready?: readonly unknown[]
  readonly read?: number
  readonly error?: { name: string; code: string; message: string; cause: unknown }
  readonly [more: string]: unknown
}

/** What a working selector does with the byte in the standard input. */
export const working = { ofDefault: true, ready: [{ fd: 0, data: 'data', mask: 1, same: true }], read: 1 }

const packed = process.env.SELECTORS_PACKED as string
const fixtures = join(__dirname, 'fixtures')

/** A directory with the published packages in it, and programs that use them. */
export class Installation {
  readonly directory = mkdtempSync(join(packed, 'installation-'))

  /** Installs `@selectors/default`, what it needs, and these of its optional dependencies. */
  constructor(...backends: Backend[]) {
    const packages = ['node-gyp-build', ...['core', 'default', ...backends].map((name) => `@selectors/${name}`)]
    for (const name of packages) {
      cpSync(join(packed, name), join(this.directory, 'node_modules', name), { recursive: true, filter: isNeeded })
    }
    this.copy('report.cjs')
    this.write('main.cjs', "require('./report.cjs').report(require('@selectors/default'))")
  }

  /** Puts a fixture into the directory. */
  copy(fixture: string): this {
    cpSync(join(fixtures, fixture), join(this.directory, fixture))
    return this
  }

  write(path: string, content: string): this {
    const file = join(this.directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    return this
  }

  /** Replaces the code of an installed backend. */
  replace(backend: Backend, code: string): this {
    return this.write(`node_modules/@selectors/${backend}/dist/index.js`, code)
  }

  /** Installs a third party's backend under this name; `code` may add to what it exports. */
  addSham(name = 'selectors-sham', code = ''): this {
    const directory = join(this.directory, 'node_modules', name)
    cpSync(join(fixtures, 'sham.cjs'), join(directory, 'sham.cjs'))
    this.write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.cjs' }))
    return this.write(
      `node_modules/${name}/index.cjs`,
      `exports.ShamSelector = require('./sham.cjs').ShamSelector\n${code}`,
    )
  }

  /** Runs a program that prints a report. */
  run(options: { main?: string; args?: readonly string[]; env?: NodeJS.ProcessEnv; cwd?: string } = {}): Report {
    const { main = 'main.cjs', args = [], env, cwd = this.directory } = options
    const child = spawnSync(process.execPath, [...args, join(this.directory, main)], {
      cwd,
      // Not the caller's: its NODE_PATH would lead to what is not installed here.
      env: { PATH: process.env.PATH, ...env },
      input: 'x',
      encoding: 'utf8',
    })
    if (child.status !== 0 || child.stderr !== '') throw new Error(`${main} failed (${child.status}):\n${child.stderr}`)
    return JSON.parse(child.stdout) as Report
  }
}

/** Most of a package is of no use to a running program, and takes the longest to copy. */
function isNeeded(file: string): boolean {
  return !/\/(src|conformance)$|\.(map|d\.ts|cc)$/.test(file)
}

/** The status of each backend, in the order in which they were considered. */
export function statusesOf({ backends }: Report): Record<string, BackendStatus> {
  return Object.fromEntries(backends.map(({ name, status }) => [name, status]))
}

/** Why a backend was not chosen. */
export function reasonOf({ backends }: Report, name: string): string | undefined {
  return backends.find((backend) => backend.name === name)?.reason
}

/** Where the prebuild of a package is, in its directory: as prebuildify names it. */
export function prebuildOf(name: string): string {
  const libc = process.platform === 'linux' ? '.glibc' : ''
  return `native/prebuilds/${process.platform}-${process.arch}/@selectors+${name}${libc}.node`
}

/** What an error advises to run for a package in a directory. */
export function rebuildCommand(directory: string): string {
  return `cd "${directory}/native" && npm i --no-save --prefix . node-addon-api@8 node-gyp@12 && npx node-gyp rebuild`
}
