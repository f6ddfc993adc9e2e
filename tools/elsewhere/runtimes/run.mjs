// Runs the conformance suite over each backend, and programs of its own, under Bun and Deno; leaves the figures in
// test-results.json. A runtime that is not installed is skipped, and named.
import { writeFileSync } from 'node:fs'
import { programs } from './programs.mjs'
import { runProgram } from './run-program.mjs'
import { runSuite } from './run-suite.mjs'
import { runtimes } from './runtimes.mjs'

// As many at once as the suite's bounds on time allow on a small machine.
const AT_ONCE = 3
const BACKENDS = ['epoll', 'poll', 'select']

const unproven = runtimes.filter(({ path }) => path === undefined).map(({ name }) => `${name} is not installed`)
for (const reason of unproven) console.log(`unproven: ${reason}`)

const installed = runtimes.filter(({ path }) => path !== undefined)
const jobs = [
  ...installed.flatMap((runtime) => BACKENDS.map((backend) => () => runSuite(runtime, backend))),
  ...installed.flatMap((runtime) => programs(BACKENDS).map((program) => () => runProgram(runtime, program))),
]

const total = { passed: 0, failures: [] }
await Promise.all(Array.from({ length: AT_ONCE }, work))

async function work() {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const { title, passed, failures, output } = await job()
    console.log(`${title}: ${passed} passed, ${failures.length} failed`)
    // The end of what it printed has the errors.
    if (failures.length > 0) console.log([...failures, output.slice(-5000)].join('\n'))
    total.passed += passed
    total.failures.push(...failures)
  }
}

const results = {
  numPassedTests: total.passed,
  numFailedTests: total.failures.length,
  numRuntimeErrorTestSuites: 0,
  failures: total.failures,
  unproven,
}
writeFileSync(new URL('test-results.json', import.meta.url), JSON.stringify(results))
process.exit(total.failures.length === 0 ? 0 : 1)
