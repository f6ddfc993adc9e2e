// Copies the built binding to where an installed package looks for it. Before publishing the package from one system, run this on
// every system that it supports, in an old version of each.
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
