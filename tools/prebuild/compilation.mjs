import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const gyp = createRequire(import.meta.url).resolve('node-gyp/gyp/gyp_main.py')
const settings = join(dirname(fileURLToPath(import.meta.url)), 'binding.gypi')

/**
 * Asks gyp what a binding.gyp compiles on a system, which need not be this one.
 *
 * @param native the directory of the binding.gyp
 * @param os as gyp calls it: `linux`, `mac` or `win`
 * @returns each source with the flags that compile it, `-c` and itself included, quoted for a shell; none where there is
 *   nothing to build
 */
export function compilation(native, os) {
  const output = mkdtempSync(join(tmpdir(), 'selectors-gyp-'))
  try {
    const where = ['--depth=.', `--generator-output=${output}`, '--format=compile_commands_json']
    const args = [gyp, 'binding.gyp', ...where, `-I${settings}`, `-DOS=${os}`]
    execFileSync(process.env.PYTHON ?? 'python3', args, { cwd: native, stdio: 'inherit' })
    const commands = JSON.parse(readFileSync(join(output, 'Default/compile_commands.json'), 'utf8'))
    return commands.map(({ file, command }) => ({ source: file, flags: command.slice(command.indexOf(' ') + 1) }))
  } finally {
    rmSync(output, { recursive: true })
  }
}
