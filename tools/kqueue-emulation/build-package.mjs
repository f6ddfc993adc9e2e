// Builds the package in the current directory over the emulation, from a copy of what is published, by the option that its
// README documents: nothing else tells it that this is not a BSD. The copy is the directory `build-emulated`.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.platform !== 'linux') process.exit(0)

const emulation = dirname(fileURLToPath(import.meta.url))
const libraries = join(emulation, 'build/Release')
const copy = resolve('build-emulated')

rmSync(copy, { recursive: true, force: true })
mkdirSync(copy)
for (const published of ['package.json', 'native', 'dist']) {
  cpSync(published, join(copy, published), { recursive: true, filter: (file) => file !== 'native/build' })
}

const env = {
  ...process.env,
  KQUEUE_INCLUDE: join(emulation, 'include'),
  KQUEUE_LIBS: `-L${libraries} -Wl,-rpath,${libraries} -lkqueue-emulation -Wl,--wrap=fcntl,--wrap=fcntl64`,
}
const { status } = spawnSync(process.execPath, [join(emulation, '../build-native.mjs')], {
  cwd: copy,
  env,
  stdio: 'inherit',
})
// What build-native.mjs removes beside an ordinary build lands one directory further up for a copy.
rmSync('core', { recursive: true, force: true })

process.exit(status ?? 1)
