// What bindings can be made for on this machine: where node-gyp-build looks for them, what zig calls it, and how it is
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
  link: (triple, file) => ['c++', '-target', triple, ...shared, ...hidden, '-nostdlib++', '-o', file],
}

// macOS has one, which Node has loaded. `zig cc` would link all of the compiler's own library, and keep every symbol.
const bare = ['-fno-compiler-rt', '-fallow-shlib-undefined', '-fstrip', '-dead_strip']
const darwin = {
  os: 'mac',
  ownLibrary: false,
  link: (triple, file) => ['build-lib', '-dynamic', '-target', triple, '-lc', ...bare, `-femit-bin=${file}`],
}

// Windows resolves no symbol without knowing which file it is in: `imports`, a library of which is made for dlltool's
// `machine`. node.exe has to be called so.
const windows = {
  os: 'win',
  ownLibrary: true,
  imports: join(dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'def/node_api.def'),
  link: (triple, file, library) => [
    'c++',
    '-target',
    triple,
    '-shared',
    '-s',
    '-Wl,--gc-sections',
    '-nostdlib++',
    library,
    '-lws2_32',
    '-o',
    file,
  ],
}

/** Each with the oldest system that Node 20 runs on, or an older one. */
export const targets = [
  { name: 'linux-x64', libc: 'glibc', triple: 'x86_64-linux-gnu.2.17', ...linux },
  { name: 'linux-x64', libc: 'musl', triple: 'x86_64-linux-musl', ...linux },
  { name: 'linux-arm64', libc: 'glibc', triple: 'aarch64-linux-gnu.2.17', ...linux },
  { name: 'linux-arm64', libc: 'musl', triple: 'aarch64-linux-musl', ...linux },
  { name: 'darwin-x64', triple: 'x86_64-macos.10.15', ...darwin },
  { name: 'darwin-arm64', triple: 'aarch64-macos.11.0', ...darwin },
  { name: 'win32-x64', triple: 'x86_64-windows-gnu', machine: 'i386:x86-64', ...windows },
  { name: 'win32-arm64', triple: 'aarch64-windows-gnu', machine: 'arm64', ...windows },
]

/** What a target is called by those who ask for it: `darwin-arm64`, `linux-x64-musl`. */
export function label({ name, libc }) {
  return libc ? `${name}-${libc}` : name
}
