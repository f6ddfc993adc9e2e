// Runs the conformance suite over prebuilds for a Linux that is not this one, on Debian for x64, and `socket`, what sockets do on
// every system:
//
//     node tools/elsewhere/machines/emulate.mjs linux-arm64-glibc epoll poll select socket
//     node tools/elsewhere/machines/emulate.mjs linux-x64-musl epoll poll select socket
//
// See emulators.mjs for what has to be installed for each target. With qemu it takes ten minutes, and its tests' bounds on time need a
// machine that does nothing else. qemu (10.0.2, and those before) returns ENOSYS from epoll_pwait2(2): "does not round a short timeout up to
// milliseconds" fails three times for epoll.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runSuite } from '../runtimes/run-suite.mjs'
import { emulators } from './emulators.mjs'

const [target, ...packages] = process.argv.slice(2)
if (!Object.hasOwn(emulators, target)) {
  console.error(`No such target: ${target}. There are ${Object.keys(emulators).join(', ')}`)
  process.exit(1)
}
const temporary = mkdtempSync(join(tmpdir(), 'selectors-emulated-'))
process.env.PREBUILDS_ONLY = '1'
// The name of the emulated program does not say this.
if (target.endsWith('musl')) process.env.LIBC = 'musl'
// Or else it asks Node, which is one for armv7.
if (target.includes('armv6')) process.env.ARM_VERSION = '6'
try {
  const runtime = emulators[target](temporary)
  // For child processes, which would start the emulated program without its emulator.
  process.env.EXEC_PATH = runtime.path
  for (const name of packages) if (!(await passes(runtime, name))) process.exitCode = 1
} finally {
  rmSync(temporary, { recursive: true })
}

async function passes(runtime, name) {
  if (runtime.name === 'Node.js' || name === 'socket') return runs(runtime, name)
  const { title, passed, failures, output } = await runSuite(runtime, name)
  console.log(`${title}: ${passed} passed, ${failures.length} failed`)
  if (failures.length > 0) console.log([...failures, output.slice(-5000)].join('\n'))
  return failures.length === 0
}

function runs({ path, test }, name) {
  const program = name === 'socket' ? 'sockets.mjs' : 'conformance.mjs'
  const file = fileURLToPath(new URL(`../../prebuild/${program}`, import.meta.url))
  return spawnSync(path, [...test(file), name], { stdio: 'inherit' }).status === 0
}
