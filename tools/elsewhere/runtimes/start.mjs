import { spawn } from 'node:child_process'

/**
 * Starts a program of a runtime's and resolves, when it has ended, to its exit code (or the signal that ended it) and to all
 * that it printed. What takes longer than `seconds` is killed.
 */
export function start({ path }, args, { seconds, env }) {
  const child = spawn(path, args, {
    // From here, Deno (2.9.6) finds the package.json files that say what is CommonJS.
    cwd: new URL('.', import.meta.url),
    env: { ...process.env, ...env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? signal, output, errors })
    })
  })
}
