// Puts the binding that was built where node-gyp-build finds it in an installed package. Do so on each system that the package
// is for, on an old one of its kind, before it is published from one of them.
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { platform, arch, report } = process
const libc = platform !== 'linux' ? '' : report.getReport().header.glibcVersionRuntime ? '.glibc' : '.musl'
const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
cpSync(pathOf('build/Release/my_backend.node'), pathOf(`prebuilds/${platform}-${arch}/node.napi${libc}.node`))
