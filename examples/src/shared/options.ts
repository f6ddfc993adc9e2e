// The command line of the examples: options with a default each, and a clear line for what cannot be.
import { basename } from 'node:path'
import { parseArgs } from 'node:util'

/** An option's default says what it takes: a number (`--port 1234`), a text (`--root .`) or nothing (`--serve`). */
type Value = number | string | boolean
type Defaults = Readonly<Record<string, Value>>
type Kind<V> = V extends number ? number : V extends string ? string : boolean
type Options<D extends Defaults> = { readonly [Name in keyof D]: Kind<D[Name]> }

/** Reads the program's options. An unknown one ends it with status 2. */
export function options<D extends Defaults>(defaults: D): Options<D> {
  const known = Object.entries(defaults).map(([name, value]) => [name, { type: kindOf(value) }])
  try {
    const { values } = parseArgs({ options: Object.fromEntries(known) })
    const given = Object.entries(values).map(([name, value]) => [
      name,
      typeof defaults[name] === 'number' ? read(name, String(value)) : value,
    ])
    return { ...defaults, ...Object.fromEntries(given) }
  } catch (error) {
    // Of node's explanations, the first sentence is the one that helps.
    fail(String((error as Error).message).split(/[.\n]\s/)[0], 2)
  }
}

/** Ends the program with one line that says why. */
export function fail(reason: unknown, status = 1): never {
  console.error(`${basename(process.argv[1] ?? '')}: ${reason instanceof Error ? reason.message : reason}`)
  process.exit(status)
}

function kindOf(value: Value): 'string' | 'boolean' {
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

function read(name: string, text: string): number {
  const [kind, pattern] = name === 'period' ? ['seconds', /^\d+(\.\d+)?$/] : ['a whole number', /^\d+$/]
  const most = name.endsWith('port') ? 65535 : 2 ** 31 - 1
  if (pattern.test(text) && Number(text) <= most) return Number(text)
  throw new Error(`Option '--${name}' takes ${kind} from 0 to ${most}, not '${text}'`)
}
