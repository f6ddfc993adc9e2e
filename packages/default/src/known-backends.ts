import { type Candidate, wakeIn } from './candidate.js'
import { isMissing, NotInstalledError } from './not-installed.js'

/** The backends of this family, best first: the order of Python's DefaultSelector, which has nothing for Windows but select. */
export const knownBackends: readonly Candidate[] = [
  known(
    'kqueue',
    'macOS and the BSDs',
    ['darwin', 'freebsd', 'openbsd', 'netbsd', 'dragonfly'].includes(process.platform),
  ),
  known('epoll', 'Linux', process.platform === 'linux'),
  known('devpoll', 'Solaris and illumos', process.platform === 'sunos'),
  known('afd', 'Windows', process.platform === 'win32'),
  known('poll', 'Unix', process.platform !== 'win32'),
  known('select', 'Unix and Windows', true),
]

type KnownName = 'kqueue' | 'epoll' | 'devpoll' | 'afd' | 'poll' | 'select'

function known(name: KnownName, systems: string, fits: boolean): Candidate {
  const remedy = fits ? `: npm i @selectors/${name}` : `; it is for ${systems}, not for ${process.platform}`
  const load = () => requireKnown(name, remedy)
  return { name, package: `@selectors/${name}`, isForeign: !fits, load, loadWake: () => wakeIn(load()) }
}

/**
 * Bundlers follow `require` of a literal name only, and forgive a missing package only directly inside of `try`.
 *
 * @throws {NotInstalledError} when there is no such package
 * @throws whatever the package throws
 */
function requireKnown(name: KnownName, remedy: string): unknown {
  try {
    switch (name) {
      case 'kqueue':
        return require('@selectors/kqueue')
      case 'epoll':
        return require('@selectors/epoll')
      case 'devpoll':
        return require('@selectors/devpoll')
      case 'afd':
        return require('@selectors/afd')
      case 'poll':
        return require('@selectors/poll')
      case 'select':
        return require('@selectors/select')
    }
  } catch (cause) {
    const missing = `@selectors/${name}`
    throw isMissing(missing, cause) ? new NotInstalledError(`${missing} is not installed${remedy}`, { cause }) : cause
  }
}
