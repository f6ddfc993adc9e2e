import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const here = join(__dirname, 'native')
const headers = join(__dirname, '..', 'native')
const results = join(__dirname, '..', '.results')
const SETTINGS = ['-std=gnu++17', '-g', '-Wall', '-Wextra', '-fno-exceptions', '-pthread']
/** There is less memory than was asked for, which is what was to be seen. */
const NO_MEMORY = /^==\d+==WARNING: AddressSanitizer failed to allocate .*\n/gm

/** Compiles a program in `native` with the headers of a system, and with sanitizers, and runs it. Returns what it complains of. */
export function complaintsOf(name: string, systems: string[], sanitizers: string, ...settings: string[]): string {
  mkdirSync(results, { recursive: true })
  const program = join(results, [name, ...systems, sanitizers].join('-'))
  const includes = [here, ...systems.map((system) => join(headers, system)), headers].flatMap((path) => ['-I', path])
  const compile = [...SETTINGS, `-fsanitize=${sanitizers}`, ...settings, ...includes]
  const libraries = process.platform === 'linux' ? ['-ldl'] : []
  const compiled = run(process.env.CXX ?? 'c++', [...compile, '-o', program, join(here, `${name}.cc`), ...libraries])
  return compiled === '' ? run(program, []) : compiled
}

function run(program: string, args: string[]): string {
  const { status, signal, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw error
  const complaints = stderr.replace(NO_MEMORY, '')
  return complaints || status === 0 ? complaints : `${program} ended with ${signal ?? status}`
}
