import { type InspectOptions, inspect } from 'node:util'

/** What `console.log()` passes on to an object that shows itself; Bun and Deno leave some of it out. */
export interface ShowOptions extends InspectOptions {
  stylize?(text: string, style: 'special'): string
}

/** Objects that are being shown, perhaps by what they hold. */
const beingShown = new WeakSet<object>()

/**
 * Shows an object as `console.log()` shows others: its class and, if the depth allows it, its contents.
 *
 * @param depth how many levels more are wanted; `null` for all
 */
export function show(object: object, className: string, content: object, depth: number, options: ShowOptions): string {
  const special = (text: string) => options.stylize?.(text, 'special') ?? text
  if (beingShown.has(object)) return special('[Circular]')
  if (typeof depth === 'number' && depth < 0) return special(`[${className}]`)
  beingShown.add(object)
  try {
    // `null` for all levels is Infinity in `depth`.
    return `${className} ${inspect(content, { ...options, depth: depth === Number.POSITIVE_INFINITY ? null : depth })}`
  } finally {
    beingShown.delete(object)
  }
}

/** Shows what inherits from a class and is no object of it, such as its prototype or a proxy: as if the class showed nothing. */
export function showPlainly(object: object, options: ShowOptions): string {
  return inspect(object, { ...options, customInspect: false })
}

/** A word that is shown without quotation marks. */
export function word(text: string): object {
  return { [inspect.custom]: (_depth: number, options: ShowOptions) => options.stylize?.(text, 'special') ?? text }
}
