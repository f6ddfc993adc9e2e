import { BackendUnavailableError } from '@selectors/core'

/** The package of a backend is missing. */
export class NotInstalledError extends BackendUnavailableError {}

/**
 * Tells whether `error` says that this very package is missing, and not something that it needs. Node, the bundlers and
 * test runners agree on the code and on the quoted name, but not on the rest, nor on the realm of the class.
 */
export function isMissing(packageName: string, error: unknown): boolean {
  try {
    const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>
    return code === 'MODULE_NOT_FOUND' && String(message).includes(`'${packageName}'`)
  } catch {
    return false
  }
}
