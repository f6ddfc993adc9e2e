// Builds the binding of @selectors/devpoll over the emulated /dev/poll: `node ../../tools/devpoll-emulation/build.mjs` in its
// package. A copy of what is published is built, `build-emulated`; native/build in it has the emulation too.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const emulation = dirname(fileURLToPath(import.meta.url))
const built = resolve('build-emulated')

// Other systems have neither --wrap nor a pipe to stand for the device.
if (process.platform === 'linux') {
  build(emulation, {})
  rmSync(built, { recursive: true, force: true })
  mkdirSync(built, { recursive: true })
  for (const published of ['package.json', 'native', 'dist']) {
    cpSync(published, join(built, published), { recursive: true, filter: (file) => file !== 'native/build' })
  }
  const calls = ['open', 'open64', 'write', 'ioctl', 'close']
  build(built, {
    DEVPOLL_INCLUDE: join(emulation, 'include'),
    DEVPOLL_LIBS: [
      join(emulation, 'build/Release/emulation.node'),
      ...calls.map((call) => `-Wl,--wrap=${call}`),
      // Where the emulation is at run time.
      "-Wl,-rpath,'$$ORIGIN/..'",
    ].join(' '),
  })
  copyFileSync(join(emulation, 'build/Release/emulation.node'), join(built, 'native/build/emulation.node'))
  // The makefile of @selectors/core, see ../build-native.mjs.
  rmSync('core', { recursive: true, force: true })
}

function build(cwd, options) {
  const script = join(emulation, '..', 'build-native.mjs')
  const { status } = spawnSync(process.execPath, [script], {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...options },
  })
  if (status !== 0) process.exit(status ?? 1)
}
