import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type Candidate, isNamed, wakeIn } from './candidate.js'
import { isMissing, NotInstalledError } from './not-installed.js'

/** Answers the candidate that `SELECTORS_BACKEND` names: one of these, else a package. */
export function findCandidate(name: string, others: readonly Candidate[]): Candidate {
  return others.find((candidate) => isNamed(candidate, name)) ?? packageNamed(name, others)
}

function packageNamed(name: string, others: readonly Candidate[]): Candidate {
  const load = () => requireNamed(name, others)
  return { name, package: name, load, loadWake: () => wakeIn(load()) }
}

/**
 * Loads a package as the program itself would; else from the current directory; else as a neighbour of this package.
 *
 * @throws {NotInstalledError} when there is no such package
 * @throws whatever the package throws
 */
function requireNamed(name: string, others: readonly Candidate[]): unknown {
  // Not the plain `require`, of which a bundler would take hold.
  const load = createRequire(__filename)
  try {
    return load(load.resolve(name, { paths: [...programDirectory(), ...currentDirectory(), __dirname] }))
  } catch (cause) {
    if (!isMissing(name, cause)) throw cause
    // No advice to install it: a misspelt name should not make anybody install a stranger's package.
    const names = others.map((other) => other.name).join(', ')
    throw new NotInstalledError(`'${name}' is neither a backend (${names}) nor an installed package`, { cause })
  }
}

/** Where the main module is, unless there is none (`node -e`). */
function programDirectory(): string[] {
  const program = require.main?.filename ?? process.argv[1]
  return program === undefined ? [] : [dirname(program)]
}

/** Where the process is, unless that directory has been removed. */
function currentDirectory(): string[] {
  try {
    return [process.cwd()]
  } catch {
    return []
  }
}
