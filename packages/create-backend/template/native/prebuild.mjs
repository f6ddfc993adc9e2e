// Puts the binding that was built where it is found in an installed package. Do so on each system that the package is for, on an
// old one of its kind, before it is published from one of them.
import { cpSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { platform, arch, report } = process
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const { name } = JSON.parse(readFileSync(pathOf('../package.json'), 'utf8'))
const libc = platform !== 'linux' ? '' : report.getReport().header.glibcVersionRuntime ? '.glibc' : '.musl'
cpSync(
  pathOf('build/Release/my_backend.node'),
  pathOf(`prebuilds/${platform}-${arch}/${name.replace('/', '+')}${libc}.node`),
)
