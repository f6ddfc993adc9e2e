// Builds bindings with AddressSanitizer and UndefinedBehaviorSanitizer, for programs that run over them.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../prebuild/build.mjs'
import { compilation } from '../prebuild/compilation.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const bindings = join(here, '.results/sanitized')
const cxx = process.env.CXX ?? 'c++'
// vptr needs the type information that the bindings are built without.
const flags = ['-fsanitize=address,undefined', '-fno-sanitize=vptr', '-fno-sanitize-recover=all']

/**
 * Builds the bindings of some packages.
 *
 * @returns the environment of a program that loads them. It ends with the first thing that is wrong, by the exit code 86, or
 *   else with what the bindings have not freed: what Node has not, which leaves much to the end of the process, does not count.
 */
export function sanitized(names) {
  for (const name of names) build(name)
  const library = execFileSync(cxx, ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim()
  const ignored = join(bindings, 'leaks-of-others.txt')
  writeFileSync(ignored, [process.execPath, '/libc.so', '/ld-linux'].map((module) => `leak:${module}\n`).join(''))
  return {
    ...process.env,
    SELECTORS_BINDINGS: bindings,
    LD_PRELOAD: library,
    // The suite measures memory, so that not much of what was freed is kept to be recognized.
    // An allocation is known by the function that asked for it, and not by all that called that: Node is always among these.
    ASAN_OPTIONS: 'detect_leaks=1:exitcode=86:malloc_context_size=2:quarantine_size_mb=8',
    LSAN_OPTIONS: `suppressions=${ignored}:print_suppressions=0`,
    UBSAN_OPTIONS: 'print_stacktrace=1',
  }
}

function build(name) {
  const directory = join(bindings, `${process.platform}-${process.arch}`)
  const own = join(bindings, 'objects', name)
  mkdirSync(directory, { recursive: true })
  mkdirSync(own, { recursive: true })
  const compiler = { compile: [cxx, '-g', '-fno-omit-frame-pointer', ...flags], env: process.env }
  const objects = compilation(join(here, '../../packages', name, 'native'), 'linux').map(({ source, flags }, index) => {
    const object = join(own, `${index}-${basename(source)}.o`)
    // Optimized less, it compiles in half the time.
    compile(flags.replace('-O2', '-O1'), object, compiler)
    return object
  })
  const file = join(directory, `@selectors+${name}.glibc.node`)
  execFileSync(cxx, ['-shared', ...flags, '-o', file, ...objects, '-ldl', '-lpthread'], { stdio: 'inherit' })
}
