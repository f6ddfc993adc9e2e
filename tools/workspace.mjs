// What `npm start`, `npm test` and the longer scripts of package.json do on a machine that has nothing but Node, npm and a C++ tool
// chain: checks that the tools are there, installs the workspace with its own version of pnpm, builds what has changed, and runs.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readResults, resultFiles } from './results.mjs'

const PNPM = 'pnpm@12.21.0'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [task, ...args] = process.argv.slice(2)
const onWindows = process.platform === 'win32'

checkTools()
install()
switch (task) {
  case 'build':
    exitUnless(turbo(['build']))
    break
  case 'start':
    await runBuilt('examples/dist/main.js')
    break
  case 'bench':
    await runBuilt('bench/dist/main.js')
    break
  case 'fuzz':
    exitUnless(turbo(['build:emulated', '--output-logs=errors-only'], 'pipe'))
    await runBuilt('tools/fuzz/dist/main.js')
    break
  case 'pack':
    buildQuietly()
    exitUnless(runWithPnpm('tools/release/pack.mjs'))
    break
  case 'prebuilds':
    exitUnless(runWithPnpm('tools/prebuild/main.mjs'))
    break
  case 'release':
    exitUnless(runWithPnpm('tools/release/main.mjs'))
    break
  case 'test':
  case 'test:install': {
    for (const file of resultFiles()) rmSync(file)
    if (task === 'test') exitUnless(run('npm', ['run', '--silent', 'lint']))
    const options = ['--output-logs=new-only', '--log-order=grouped', '--continue']
    // Turborepo takes it once only.
    if (!args.some((arg) => arg.startsWith('--concurrency='))) options.push('--concurrency=2')
    const succeeded = turbo([task, ...options, ...args])
    const failed = report()
    process.exit(succeeded && failed === 0 ? 0 : 1)
  }
}

/** Runs a program of the workspace with the arguments of the command line: in this process, which any signal then ends. */
async function runBuilt(program) {
  buildQuietly()
  process.argv.splice(1, process.argv.length, join(root, program), ...args)
  await import(pathToFileURL(process.argv[1]))
}

function buildQuietly() {
  console.error('Building what has changed.')
  exitUnless(turbo(['build', '--output-logs=errors-only'], 'pipe'))
}

/** Runs a program with the arguments of the command line, in a process that finds pnpm and the programs of the workspace. */
function runWithPnpm(program) {
  return run('npx', ['--yes', PNPM, 'exec', 'node', program, ...args])
}

/** Names every missing tool at once, with the remedy, before anything is installed. */
function checkTools() {
  const major = Number(process.versions.node.split('.')[0])
  const missing = [
    major < 20 && `Node.js 20 or newer (this is ${process.version}): https://nodejs.org`,
    // On Windows node-gyp looks for Visual Studio by itself, and says what to install.
    !onWindows &&
      !works(process.env.CXX ?? 'c++', 'g++', 'clang++') &&
      'a C++17 compiler (c++, g++ or clang++; or set CXX)',
    !onWindows && !works('make', 'gmake') && 'make',
    !works(process.env.PYTHON ?? 'python3', 'python') && 'python3, which node-gyp needs',
  ].filter(Boolean)
  if (missing.length === 0) return
  console.error(`Cannot build the native bindings. Missing:\n${missing.map((tool) => `  - ${tool}\n`).join('')}`)
  console.error(
    'Debian, Ubuntu: apt install g++ make python3 | Fedora: dnf install gcc-c++ make python3 | macOS: xcode-select --install',
  )
  process.exit(1)
}

function works(...commands) {
  return commands.some((command) => spawnSync(command, ['--version'], { stdio: 'ignore', shell: true }).status === 0)
}

function install() {
  if (!existsSync(join(root, 'node_modules')))
    console.error('Installing the dependencies: the first time takes a while.')
  exitUnless(
    run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=silent']),
    'Installing the dependencies failed: see the message above',
  )
}

function turbo(turboArgs, stdio) {
  return run('npx', ['--yes', PNPM, 'exec', 'turbo', 'run', ...turboArgs], stdio)
}

/** Says whether the command succeeded. With `pipe`, what it printed is shown only when it did not. */
function run(command, commandArgs, stdio = 'inherit') {
  // The turbo.json files make these a part of what the cache depends on.
  const NODE_VERSION = `${process.version}-${process.platform}-${process.arch}`
  const RUNTIMES = ['bun', 'deno']
    .filter((name) => existsSync(join(root, 'tools/elsewhere/runtimes/node_modules', name)))
    .join()
  const env = { ...process.env, NODE_VERSION, RUNTIMES, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  // npm and npx are no programs there, but scripts of its shell.
  const options = { cwd: root, stdio, env, encoding: 'utf8', shell: onWindows }
  const { status, error, stdout, stderr } = spawnSync(command, commandArgs, options)
  if (error) console.error(`${command}: ${error.message}`)
  if (status !== 0 && stdio === 'pipe') console.error(`${stdout}${stderr}`)
  return status === 0
}

function exitUnless(succeeded, message) {
  if (succeeded) return
  if (message) console.error(message)
  process.exit(1)
}

/** Prints each package's figures, with the names of the tests that failed, and, last, the sum. Answers how many failed. */
function report() {
  const total = { passed: 0, failed: 0 }
  for (const file of resultFiles()) {
    const { passed, failed, failures, unproven } = readResults(file)
    console.log(`${file.slice(root.length + 1)}: ${passed} passed, ${failed} failed`)
    for (const failure of failures) console.log(`failed: ${failure}`)
    for (const reason of unproven) console.log(`unproven: ${reason}`)
    total.passed += passed
    total.failed += failed
  }
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed
}
