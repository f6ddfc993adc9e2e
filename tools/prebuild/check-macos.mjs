// Holds the numbers that @selectors/socket writes down for macOS against macOS's own headers, which zig brings along: `node
// tools/prebuild/check-macos.mjs` after a build. Not a part of `npm test`: zig takes 355 MB. That everything compiles for macOS without a
// warning is what `npm run prebuilds -- darwin-x64 darwin-arm64` shows.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './build.mjs'
import { targets } from './targets.mjs'
import { zigToolChain } from './tool-chains.mjs'

const module = join(dirname(fileURLToPath(import.meta.url)), '../../packages/socket/dist/constants.js')
const temporary = mkdtempSync(join(tmpdir(), 'selectors-macos-'))
try {
  const file = join(temporary, 'constants.cc')
  writeFileSync(file, assertions())
  for (const target of targets.filter(({ os }) => os === 'mac')) {
    compile(`-std=gnu++17 -c '${file}'`, join(temporary, 'constants.o'), zigToolChain(target))
    console.log(`${target.name}: the numbers are right`)
  }
} finally {
  rmSync(temporary, { recursive: true })
}

/** A program that compiles when the numbers are those of the headers. */
function assertions() {
  const print = `Object.defineProperty(process, 'platform', { value: 'darwin' }); console.log(JSON.stringify(require('${module}')))`
  const numbers = JSON.parse(execFileSync(process.execPath, ['-e', print], { encoding: 'utf8' }))
  const includes = ['sys/socket.h', 'netinet/in.h', 'netinet/tcp.h'].map((header) => `#include <${header}>\n`)
  // -1 is what macOS lacks.
  const lines = Object.entries(numbers).map(([name, number]) =>
    number === -1 ? `#ifdef ${name}\n#error ${name}\n#endif\n` : `static_assert(${name} == ${number});\n`,
  )
  return [...includes, ...lines].join('')
}
