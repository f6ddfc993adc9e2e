// Runs, over bindings with AddressSanitizer, UndefinedBehaviorSanitizer and a search for leaks, the conformance suite, what patches the
// language under selectors and sockets, and what sockets do everywhere:
// `node tools/endurance/sanitize.mjs [epoll] [poll] [select] [socket]` after a build, on Linux. Exits with 1 if anything is found.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sanitized } from './sanitizers.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const patched = join(here, '../../packages/default/test/fixtures/patched.cjs')
const named = process.argv.slice(2)
const names = named.length > 0 ? named : ['epoll', 'poll', 'select', 'socket']
const env = sanitized([...new Set([...names, 'socket'])])

/** Whether a backend, or sockets, have nothing that is found. */
function passes(name) {
  return [passesTests(name), name === 'socket' || passesPatches(name)].every(Boolean)
}

function passesTests(name) {
  const [file, ...args] = name === 'socket' ? ['../prebuild/sockets.mjs'] : ['suite.mjs', name]
  const options = { env, cwd: here, encoding: 'utf8', maxBuffer: 1 << 28 }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--test-reporter=tap', join(here, file), ...args],
    options,
  )
  const counted = (what) => new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1]
  console.log(`${name}: ${counted('pass')} passed, ${counted('fail')} failed, exit code ${status}`)
  if (status !== 0) console.log(`${failuresIn(stdout)}\n${stderr}`)
  return status === 0
}

function passesPatches(name) {
  const args = [patched, name, `${name[0].toUpperCase()}${name.slice(1)}Selector`]
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', ...args], { env, encoding: 'utf8' })
  console.log(`${name}, patched: ${stdout.trim()}, exit code ${status}`)
  if (status !== 0) console.log(stderr)
  return status === 0 && /"faults":\[\],"left":0\}$/.test(stdout.trim())
}

/** The tests that failed, each with why. */
function failuresIn(tap) {
  return [...tap.matchAll(/^ *not ok \d+ - (.*)\n(?:.*\n)*? *error: (.*)$/gm)]
    .map(([, name, why]) => `${name}: ${why}`)
    .join('\n')
}

process.exit(names.map(passes).includes(false) ? 1 : 0)
