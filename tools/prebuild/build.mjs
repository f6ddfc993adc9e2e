import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { prebuildOf } from './bindings.mjs'
import { compilation } from './compilation.mjs'

/**
 * Compiles what a package has for a target, and puts it where it is looked for.
 *
 * @param native the directory of the package's binding.gyp
 * @returns the file, or nothing when there is nothing to compile for that system
 */
export function build(native, target, toolChain) {
  const sources = compilation(native, target.os)
  if (sources.length === 0) return undefined
  const file = prebuildOf(native, target)
  mkdirSync(join(native, 'build'), { recursive: true })
  const temporary = mkdtempSync(join(native, 'build/prebuild-'))
  try {
    const objects = [...sources, ...toolChain.library].map(({ source, flags }, index) => {
      const object = join(temporary, `${index}-${basename(source)}.o`)
      compile(flags, object, toolChain)
      return object
    })
    const linked = join(temporary, 'binding.node')
    const [linker, ...link] = toolChain.link(linked)
    execFileSync(linker, [...link, ...objects], inherited(toolChain))
    if (target.os === 'linux' && target.triple) checkImports(linked, target)
    mkdirSync(dirname(file), { recursive: true })
    // Atomically, because the package may be packed at the same time.
    renameSync(linked, file)
  } finally {
    rmSync(temporary, { recursive: true })
  }
  return file
}

/**
 * Compiles a file.
 *
 * @param flags as `compilation` returns them, including the file, quoted for a shell
 */
export function compile(flags, object, toolChain) {
  execFileSync('sh', ['-c', `"$@" ${flags}`, 'sh', ...toolChain.compile, '-o', object], inherited(toolChain))
}

function inherited({ env }) {
  return { env, stdio: 'inherit' }
}

/**
 * A symbol of a newer glibc than the triple names would make loading fail on the oldest systems only. One of C++ would be looked for
 * in Node, whose C++ library is another. An errno of the binding's own, with a function of zig's that sets it, would have no reader.
 */
export function checkImports(file, { triple }) {
  const elf = readFileSync(file)
  if (hasThreadLocals(elf)) throw new Error(`${file} has an errno of its own: see fstat.cc`)
  const names = dynamicNames(elf)
  const [, baseline] = /gnu\w*\.2\.(\d+)$/.exec(triple) ?? []
  const newer = names.filter((name) => Number(/^GLIBC_2\.(\d+)/.exec(name)?.[1]) > Number(baseline))
  if (newer.length > 0) throw new Error(`${file} needs ${newer.join(', ')}`)
  const missing = names.filter((name) => /^(_Z|__cxa_|__gxx_)/.test(name))
  if (missing.length > 0) throw new Error(`${file} misses ${missing.join(', ')}: see cxx-library.mjs`)
}

/** Whether a shared object brings memory for each thread, see elf(5). */
function hasThreadLocals(elf) {
  const threadLocal = 7
  const wide = elf[4] === 2
  const start = wide ? Number(elf.readBigUInt64LE(32)) : elf.readUInt32LE(28)
  const size = wide ? 56 : 32
  const count = elf.readUInt16LE(wide ? 56 : 44)
  return Array.from({ length: count }, (_, i) => elf.readUInt32LE(start + i * size)).includes(threadLocal)
}

/** The names that a shared object of Linux imports and exports, and their versions: its only loaded section of strings, see elf(5). */
function dynamicNames(elf) {
  const [strings, loaded] = [3, 2]
  const wide = elf[4] === 2
  const number = (at) => (wide ? Number(elf.readBigUInt64LE(at)) : elf.readUInt32LE(at))
  let header = number(wide ? 40 : 32)
  while (elf.readUInt32LE(header + 4) !== strings || number(header + 8) !== loaded) header += wide ? 64 : 40
  const [offset, size] = (wide ? [24, 32] : [16, 20]).map((field) => number(header + field))
  return elf.toString('latin1', offset, offset + size).split('\0')
}
