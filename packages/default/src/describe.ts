import { inspect } from 'node:util'

/** Describes in one line what was thrown, whatever it is: an object's own code may fail when it is looked at. */
export function describe(error: unknown): string {
  try {
    const { message } = Object(error) as Partial<Error>
    const text = typeof message === 'string' && message !== '' ? message : inspect(error, { breakLength: Infinity })
    return text.split('\n', 1)[0] as string
  } catch {
    return 'something that cannot be shown was thrown'
  }
}
