import type { Supports } from '../../contract/supports.js'
import type { Wake } from '../../contract/wake-handle.js'
import type { Task } from '../child.js'
import type { Selector } from '../fixture.js'

interface SelectorClass {
  new (): Selector
  readonly supports: Supports
}

/** Loads the class under test, in a process or a thread of its own. */
export async function load({ module, name }: Task): Promise<SelectorClass> {
  return (await exported(module, name)) as SelectorClass
}

/** Loads the `wake()` that belongs to it. */
export async function loadWake({ module }: Task): Promise<Wake> {
  return (await exported(module, 'wake')) as Wake
}

async function exported(module: string, name: string): Promise<unknown> {
  const exports = (await import(module)) as Record<string, unknown> & { default?: Record<string, unknown> }
  const value = exports[name] ?? exports.default?.[name]
  if (value === undefined) throw new TypeError(`${module} does not export ${name}`)
  return value
}
