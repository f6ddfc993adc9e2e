// Builds the bindings that this system has and runs their packages' tests, with what pack.mjs has packed: `node run.mjs`.
// Its arguments are the packages to test, all of this system unless told.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

/** The backend that each system has besides poll and select. */
const queues = {
  linux: 'epoll',
  darwin: 'kqueue',
  freebsd: 'kqueue',
  openbsd: 'kqueue',
  netbsd: 'kqueue',
  dragonfly: 'kqueue',
  sunos: 'devpoll',
}
const backends = [queues[process.platform], 'poll', 'select']
const wanted = process.argv.slice(2)
const packages = wanted.length > 0 ? wanted : ['core', 'socket', ...backends, 'default']

/** Of the tests of @selectors/default those that need no package manager. */
const testFiles = { default: ['test/system.test.js'] }

const jestConfig = JSON.stringify({
  testEnvironment: 'node',
  testTimeout: 60_000,
  testMatch: ['<rootDir>/test/**/*.test.js'],
  modulePathIgnorePatterns: ['<rootDir>/native/build/'],
  // What runs over an emulation of another system.
  testPathIgnorePatterns: ['/test/(systems|macos)\\.test\\.js$'],
  transform: {},
  setupFiles: [join(root, 'dispose.cjs')],
  // A test that fails may leave a thread behind that waits for ever.
  forceExit: true,
})

console.log(`${process.platform}-${process.arch}, Node.js ${process.version}`)
run('npm', ['install', '--no-audit', '--no-fund'], root)
for (const name of ['socket', ...backends]) {
  run(process.execPath, [join(root, 'tools/build-native.mjs')], join(root, 'packages', name))
}
process.exit(packages.map(test).includes(false) ? 1 : 0)

/** Runs one package's tests, one file after the other: they look at the clock. Answers whether all passed. */
function test(name) {
  const directory = join(root, 'packages', name)
  const results = join(root, `${name}.json`)
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const options = ['--config', jestConfig, '--rootDir', directory, '--runInBand', '--json', '--outputFile', results]
  const { status } = spawnSync(process.execPath, [jest, ...options, ...(testFiles[name] ?? [])], {
    cwd: directory,
    // What jest prints there is the results again.
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(results, 'utf8'),
  )
  const failures = numFailedTests + numRuntimeErrorTestSuites
  console.log(`@selectors/${name}: ${numPassedTests} passed, ${failures} failed, ${numPendingTests} left out`)
  return status === 0
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(1)
}
