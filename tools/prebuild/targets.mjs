// What bindings can be made for on this machine: where they are looked for, what zig calls it, and how it is
// linked.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const shared = ['-shared', '-s', '-pthread']
const hidden = ['-Wl,--gc-sections', '-Wl,-z,now', `-Wl,--version-script=${join(here, 'exports.map')}`]

// No C++ library comes with every Linux, so a binding carries what it uses of zig's, and keeps it to itself.
const linux = {
  os: 'linux',
  ownLibrary: true,
  link: ({ triple, cpu = [] }, file) => [
    'c++',
    '-target',
    triple,
    ...cpu,
    ...shared,
    ...hidden,
    '-nostdlib++',
    '-o',
    file,
  ],
}

// macOS has one, which Node has loaded. `zig cc` would link all of the compiler's own library, and keep every symbol.
const bare = ['-fno-compiler-rt', '-fallow-shlib-undefined', '-fstrip', '-dead_strip']
const darwin = {
  os: 'mac',
  ownLibrary: false,
  link: ({ triple }, file) => ['build-lib', '-dynamic', '-target', triple, '-lc', ...bare, `-femit-bin=${file}`],
}

// Windows resolves no symbol without knowing which file it is in: `imports`, a library of which is made for dlltool's
// `machine`. node.exe has to be called so.
const windows = {
  os: 'win',
  ownLibrary: true,
  imports: join(dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'def/node_api.def'),
  link: ({ triple }, file, library) => [
    'c++',
    '-target',
    triple,
    '-shared',
    '-s',
    '-Wl,--gc-sections',
    '-nostdlib++',
    library,
    '-lws2_32',
    '-lntdll',
    '-o',
    file,
  ],
}

// The processors of the first Raspberry Pi and of the second, which Node tells apart as `arm_version`; both with a floating-point unit.
const armv6 = { name: 'linux-arm', arm: 'armv6', cpu: ['-mcpu=arm1176jzf_s'], ...linux }
const armv7 = { name: 'linux-arm', arm: 'armv7', cpu: ['-mcpu=generic+v7a+vfp3d16-neon-d32'], ...linux }

/** Each with the oldest system that Node 20 runs on, or an older one. */
export const targets = [
  { name: 'linux-x64', libc: 'glibc', triple: 'x86_64-linux-gnu.2.17', ...linux },
  { name: 'linux-x64', libc: 'musl', triple: 'x86_64-linux-musl', ...linux },
  { name: 'linux-arm64', libc: 'glibc', triple: 'aarch64-linux-gnu.2.17', ...linux },
  { name: 'linux-arm64', libc: 'musl', triple: 'aarch64-linux-musl', ...linux },
  { libc: 'glibc', triple: 'arm-linux-gnueabihf.2.17', ...armv7 },
  { libc: 'musl', triple: 'arm-linux-musleabihf', ...armv7 },
  { libc: 'glibc', triple: 'arm-linux-gnueabihf.2.17', ...armv6 },
  { libc: 'musl', triple: 'arm-linux-musleabihf', ...armv6 },
  { name: 'darwin-x64', triple: 'x86_64-macos.11.0', ...darwin },
  { name: 'darwin-arm64', triple: 'aarch64-macos.11.0', ...darwin },
  { name: 'win32-x64', triple: 'x86_64-windows-gnu', machine: 'i386:x86-64', ...windows },
  { name: 'win32-arm64', triple: 'aarch64-windows-gnu', machine: 'arm64', ...windows },
]

/** What a target is called by those who ask for it: `darwin-arm64`, `linux-x64-musl`, `linux-armv7-glibc`. */
export function label({ name, arm, libc }) {
  return [arm ? name.replace('arm', arm) : name, libc].filter(Boolean).join('-')
}
