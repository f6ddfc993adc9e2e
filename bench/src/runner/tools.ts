import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// It has no types of its own.
const headers: { include_dir: string } = createRequire(import.meta.url)('node-api-headers')

const home = fileURLToPath(new URL('../..', import.meta.url))

/** Answers the path of something in this package. */
export function file(...path: string[]): string {
  return join(home, ...path)
}

/** Answers what a command calls its version, or `undefined` where it is not installed. */
export function versionOf(command: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return error ? undefined : (stdout || stderr).split('\n')[0]
}

export const hasPython = versionOf('python3') !== undefined
export const hasWrk = versionOf('wrk') !== undefined

/** Says what cannot be measured for want of a tool. */
export function missingTools(): string[] {
  return [
    hasPython ? '' : 'Without CPython, because python3 is not installed.',
    hasWrk ? '' : 'Without the server, because wrk is not installed.',
  ].filter(Boolean)
}

/**
 * Compiles a program of ../../c, if it has changed, and returns where the result is.
 *
 * @throws {Error} when the compiler refuses
 */
export function compiled(name: string): string {
  return compile(name, name, ['-pthread'])
}

/** Compiles a module for Node of ../../c, likewise. */
export function compiledModule(name: string): string {
  return compile(name, `${name}.node`, ['-shared', '-fPIC', `-I${headers.include_dir}`])
}

function compile(name: string, result: string, flags: string[]): string {
  const sources = [`${name}.c`, 'rounds.h', 'check.h'].map((source) => file('c', source))
  const target = file('build', result)
  const newest = Math.max(...sources.map((source) => statSync(source).mtimeMs))
  if (existsSync(target) && statSync(target).mtimeMs > newest) return target
  mkdirSync(file('build'), { recursive: true })
  run(process.env.CC ?? 'cc', ['-O2', '-Wall', '-Wextra', ...flags, '-o', target, sources[0] as string])
  return target
}

/** @throws {Error} when the command fails, with what it said */
export function run(command: string, args: readonly string[], cwd?: string): void {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
}
