import type { Selector } from '../bench.js'
import type { Task } from '../child.js'

/** Loads the class under test, in a process or a thread of its own. */
export async function load({ module, name }: Task): Promise<new () => Selector> {
  const exports = (await import(module)) as Record<string, unknown> & { default?: Record<string, unknown> }
  return (exports[name] ?? exports.default?.[name]) as new () => Selector
}
