import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compilation } from './compilation.mjs'

const tools = dirname(fileURLToPath(import.meta.url))
const core = join(tools, '../../packages/core/native')

/**
 * Compiles what a package has for a target, and puts it where node-gyp-build looks for it.
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
    const objects = sources.map(({ source, flags }, index) => {
      const object = join(temporary, `${index}-${basename(source)}.o`)
      compile(flags, object, toolChain)
      return object
    })
    const linked = join(temporary, 'binding.node')
    const [linker, ...link] = toolChain.link(linked)
    execFileSync(linker, [...link, ...objects], inherited(toolChain))
    if (target.libc === 'glibc' && target.triple) checkBaseline(linked, target.triple)
    mkdirSync(dirname(file), { recursive: true })
    // At once, for whoever packs the package meanwhile.
    renameSync(linked, file)
  } finally {
    rmSync(temporary, { recursive: true })
  }
  return file
}

/**
 * Compiles a file.
 *
 * @param flags as `compilation` answers them, with the file among them and quoted for a shell
 */
export function compile(flags, object, toolChain) {
  execFileSync('sh', ['-c', `"$@" ${flags}`, 'sh', ...toolChain.compile, '-o', object], inherited(toolChain))
}

/** There is such a prebuild, newer than all that it is made of. */
export function isCurrent(native, target) {
  const file = prebuildOf(native, target)
  if (!existsSync(file)) return false
  const built = statSync(file).mtimeMs
  return [native, core, tools]
    .flatMap((directory) => readdirSync(directory, { recursive: true }).map((name) => join(directory, name)))
    .filter((path) => !/\/native\/(build|prebuilds)\b/.test(path))
    .every((path) => statSync(path).mtimeMs < built)
}

/** Where node-gyp-build looks for a prebuild. */
export function prebuildOf(native, { name, libc }) {
  return join(native, 'prebuilds', name, ['node', 'napi', libc, 'node'].filter(Boolean).join('.'))
}

function inherited({ env }) {
  return { env, stdio: 'inherit' }
}

/** A symbol of a newer glibc than the triple names would make loading fail on the oldest systems only. */
function checkBaseline(file, triple) {
  const [, baseline] = /gnu\.2\.(\d+)$/.exec(triple)
  const needed = [...readFileSync(file, 'latin1').matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor))
  if (Math.max(...needed) > Number(baseline)) throw new Error(`${file} needs glibc 2.${Math.max(...needed)}`)
}
