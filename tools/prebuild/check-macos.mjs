// Holds what is made for macOS against macOS's own headers, which zig brings along: the numbers that @selectors/socket writes down,
// and every function that a prebuild imports, which has to be there in the oldest macOS that it says it is for. `node
// tools/prebuild/check-macos.mjs` after `npm run prebuilds -- darwin-x64 darwin-arm64`, which shows that everything compiles
// without a warning. Not a part of `npm test`: zig takes 355 MB.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFileSync } from '@swc/core'
import { bindings, prebuildOf } from './bindings.mjs'
import { compile } from './build.mjs'
import { readMachO } from './mach-o.mjs'
import { targets } from './targets.mjs'
import { zigToolChain } from './tool-chains.mjs'

/** Node's, those of C++'s library, which Node brings along, and those that a compiler refers to. */
const ofOthers =
  /^(napi_|node_api_|_Z|__cxa_|__gxx_|_Unwind_|__stack_chk_|__error$|__bzero$|_tlv_bootstrap|dyld_stub_binder)/

const source = join(dirname(fileURLToPath(import.meta.url)), '../../packages/socket/src/constants.ts')
const temporary = mkdtempSync(join(tmpdir(), 'selectors-macos-'))
try {
  for (const target of targets.filter(({ os }) => os === 'mac')) {
    check('constants', assertions(), target)
    console.log(`${target.name}: the numbers are right`)
    for (const file of bindings().map((native) => prebuildOf(native, target)))
      if (existsSync(file)) checkImports(file, target)
  }
} finally {
  rmSync(temporary, { recursive: true })
}

/** Compiles a program, which says so where it is not right. */
function check(name, program, target) {
  const file = join(temporary, `${name}.c`)
  writeFileSync(file, program)
  const flags =
    '-x c -std=gnu11 -Wunguarded-availability -Wno-deprecated-declarations -Wno-unused-command-line-argument'
  compile(`${flags} -c '${file}'`, join(temporary, `${name}.o`), zigToolChain(target))
}

/** A program that compiles when the numbers are those of the headers. */
function assertions() {
  const options = { swcrc: false, jsc: { parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }
  const { code } = transformFileSync(source, options)
  const program = `Object.defineProperty(process, 'platform', { value: 'darwin' }); ${code}; console.log(JSON.stringify(exports))`
  const numbers = JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }))
  // -1 is what macOS lacks.
  const lines = Object.entries(numbers).map(([name, number]) =>
    number === -1 ? `#ifdef ${name}\n#error ${name}\n#endif\n` : `_Static_assert(${name} == ${number}, "${name}");\n`,
  )
  return [...including('sys/socket netinet/in netinet/tcp'), ...lines].join('')
}

function checkImports(file, target) {
  const { oldest, imported } = readMachO(file)
  const said = /macos\.(.+)$/.exec(target.triple)[1]
  if (oldest !== said) throw new Error(`${file} says that it is for macOS ${oldest}, not for ${said}`)
  const functions = imported.map((name) => name.replace(/\$.*/, '')).filter((name) => !ofOthers.test(name))
  const headers = `arpa/inet dlfcn errno fcntl ifaddrs mach-o/dyld math net/if netdb poll pthread signal stdlib string
    sys/event sys/ioctl sys/resource sys/select sys/socket sys/stat sys/uio sys/un sys/wait time unistd wchar`
  const lines = functions.map((name) => `  (void)&${name};\n`)
  check(basename(file), [...including(headers), 'void use(void) {\n', ...lines, '}\n'].join(''), target)
  console.log(`${target.name}: ${functions.length} functions of ${basename(file)} are in macOS ${said}`)
}

function including(headers) {
  return headers.split(/\s+/).map((name) => `#include <${name}.h>\n`)
}
