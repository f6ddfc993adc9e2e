import { dirname, isAbsolute } from 'node:path'
import { type Candidate, isNamed, wakeIn } from './candidate.js'
import { isMissing, NotInstalledError } from './not-installed.js'

/** Returns the candidate that `SELECTORS_BACKEND` names: one of these, or else a package. */
export function findCandidate(name: string, others: readonly Candidate[]): Candidate {
  return others.find((candidate) => isNamed(candidate, name)) ?? packageNamed(name, others)
}

function packageNamed(name: string, others: readonly Candidate[]): Candidate {
  const load = () => requireNamed(name, others)
  return { name, package: name, load, loadWake: () => wakeIn(load()) }
}

/** The name of a package and nothing else: no path, no file, no URL. The environment chooses among what is installed. */
const packageName = /^(@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/

/**
 * Loads a package as the program itself would, or else as a neighbour of this package. Never from the current directory, which may be
 * anybody's.
 *
 * @throws {NotInstalledError} if there is no such package
 * @throws whatever the package throws
 */
function requireNamed(name: string, others: readonly Candidate[]): unknown {
  // No advice to install it: a misspelt name should not make anybody install a stranger's package.
  const title = `'${name}' is neither a backend (${others.map((other) => other.name).join(', ')})`
  // Loaded on demand, as it takes time.
  const { createRequire, isBuiltin } = require('node:module') as typeof import('node:module')
  if (!packageName.test(name) || isBuiltin(name)) throw new NotInstalledError(`${title} nor the name of a package`)
  // Not the plain `require`, of which a bundler would take hold.
  const load = createRequire(__filename)
  try {
    return load(load.resolve(name, { paths: [...programDirectory(), __dirname] }))
  } catch (cause) {
    if (!isMissing(name, cause)) throw cause
    throw new NotInstalledError(`${title} nor a package that is installed beside the program`, { cause })
  }
}

/** Where the main module is, unless there is none (`node -e`, or a worker of a string). */
function programDirectory(): string[] {
  const program = require.main?.filename ?? process.argv[1]
  return program !== undefined && isAbsolute(program) ? [dirname(program)] : []
}
