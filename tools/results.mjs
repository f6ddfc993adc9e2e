import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The results that the tests left in each package: the paths of the files. */
export function resultFiles() {
  const inside = (directory) => readdirSync(join(root, directory)).map((name) => join(directory, name))
  return ['bench', 'examples', 'tools', ...['packages', 'tools', 'tools/elsewhere', 'tools/emulations'].flatMap(inside)]
    .map((directory) => join(root, directory, 'test-results.json'))
    .filter((file) => existsSync(file))
}

/** What one of these files tells: how many tests passed and failed, the names of those that failed, and what is unproven. */
export function readResults(file) {
  const results = JSON.parse(readFileSync(file, 'utf8'))
  // A suite that could not even be loaded has no failed test to be counted.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
  const { numPassedTests: passed, failures = failuresOf(results), unproven = [] } = results
  return { passed, failed, failures, unproven }
}

/** The tests that failed in jest's results, each with its file. */
function failuresOf({ testResults = [] }) {
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName)
    // A file that could not even be loaded has no tests.
    const titles = status === 'failed' && failed.length === 0 ? [message] : failed
    return titles.map((title) => `${name.slice(root.length)}: ${title}`)
  })
}
