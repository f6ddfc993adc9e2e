// The runtimes other than Node.js: how each is started, and whether it is installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules')

// The slower one first, so that the other fills the gaps.
const all = [
  {
    name: 'Deno',
    command: 'deno',
    print: ['eval', 'console.log(process.execPath)'],
    // The suite starts processes and threads, reads what it likes and sends signals. There are no types to check; and where
    // those of a package are missing, Deno (2.9.6) writes what it finds in pnpm-workspace.yaml into package.json.
    test: (file) => ['test', '--allow-all', '--no-check', file],
    run: (file, permissions) => ['run', '--no-prompt', ...permissions, file],
  },
  {
    name: 'Bun',
    command: 'bun',
    print: ['-e', 'console.log(process.execPath)'],
    // Its own limit of five seconds is too low for a busy machine.
    test: (file) => ['test', '--timeout', '30000', file],
    run: (file) => [file],
  },
]

/** Each with the `path` of its program, `undefined` where it is not installed. */
export const runtimes = all.map((runtime) => ({ ...runtime, path: findProgram(runtime) }))

// Their packages are optional and hold nothing for some systems, so it is the program that is asked, for the real one.
function findProgram({ command, print }) {
  const launcher = join(modules, '.bin', command)
  if (!existsSync(launcher)) return undefined
  const { status, stdout } = spawnSync(launcher, print, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
