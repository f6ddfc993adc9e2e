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

/** The tests that failed, by the name of their file and their own; where jest ran them. */
export function failedTests() {
  return resultFiles().flatMap((file) => {
    const { testResults = [] } = JSON.parse(readFileSync(file, 'utf8'))
    return testResults.flatMap(({ name, message, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName)
      // A file that could not even be loaded has no tests.
      const titles = status === 'failed' && failed.length === 0 ? [message] : failed
      return titles.map((title) => `${name.slice(root.length)}: ${title}`)
    })
  })
}
