import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// It has no types of its own.
const headers: { include_dir: string } = createRequire(import.meta.url)('node-api-headers')

const cc = process.env.CC ?? 'cc'
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

/** Node's own headers, where it was installed with them, have those of libuv. The library is what Debian calls libuv1. */
const LIBUV = [`-I${join(dirname(process.execPath), '..', 'include', 'node')}`, '-l:libuv.so.1']

export const hasPython = versionOf('python3') !== undefined
export const hasJava = versionOf('javac') !== undefined
export const hasWrk = versionOf('wrk') !== undefined
export const hasLibuv = links('#include <uv.h>\nint main(void) { return (int)uv_version(); }', LIBUV)

/** Says what cannot be measured for want of a tool. */
export function missingTools(): string[] {
  return [
    hasPython ? '' : 'Without CPython, because python3 is not installed.',
    hasJava ? '' : 'Without Java NIO, because javac is not installed.',
    hasLibuv ? '' : 'Without libuv, because its header uv.h or the library is not installed.',
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

/** Compiles a program that uses libuv, likewise. */
export function compiledWithLibuv(name: string): string {
  return compile(name, name, ['-pthread', ...LIBUV])
}

/** Compiles a module for Node of ../../c, likewise. */
export function compiledModule(name: string): string {
  return compile(name, `${name}.node`, ['-shared', '-fPIC', `-I${headers.include_dir}`])
}

/**
 * Compiles the classes of ../../java, likewise, and returns their directory.
 *
 * @throws {Error} when the compiler refuses
 */
export function compiledClasses(): string {
  const sources = readdirSync(file('java')).map((source) => file('java', source))
  const target = file('build', 'java')
  if (!isNewer(file('build', 'java', 'Rounds.class'), sources)) run('javac', ['-d', target, ...sources])
  return target
}

function compile(name: string, result: string, flags: string[]): string {
  const source = file('c', `${name}.c`)
  const headers = readdirSync(file('c')).filter((header) => header.endsWith('.h'))
  const target = file('build', result)
  if (isNewer(target, [source, ...headers.map((header) => file('c', header))])) return target
  mkdirSync(file('build'), { recursive: true })
  run(cc, ['-O2', '-Wall', '-Wextra', '-o', target, source, ...flags])
  return target
}

function isNewer(target: string, sources: readonly string[]): boolean {
  const newest = Math.max(...sources.map((source) => statSync(source).mtimeMs))
  return existsSync(target) && statSync(target).mtimeMs > newest
}

/** Says whether a program in C has all that it needs. */
function links(program: string, flags: readonly string[]): boolean {
  const args = ['-x', 'c', '-', '-o', '/dev/null', ...flags]
  return spawnSync(cc, args, { input: program }).status === 0
}

/** @throws {Error} when the command fails, with what it said */
export function run(command: string, args: readonly string[], cwd?: string): void {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`)
}
