import * as constants from './constants.js'

/** The name of a family such as `AF_INET`; its number when it has none here. */
export function nameOfFamily(family: number): string | number {
  return families.get(family) ?? family
}

/** The name of a type such as `SOCK_STREAM`; its number when it has none here. */
export function nameOfType(type: number): string | number {
  return types.get(type) ?? type
}

const families = namesOf('AF_')
const types = namesOf('SOCK_')

function namesOf(prefix: string): ReadonlyMap<number, string> {
  const entries = Object.entries(constants).filter(([name]) => name.startsWith(prefix))
  return new Map(entries.map(([name, value]) => [value, name]))
}
