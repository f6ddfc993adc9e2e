import { join } from 'node:path'
import type { BaseSelector, SelectorOptions, Supports } from '@selectors/core'
import { conformance, type Pair } from '@selectors/core/conformance'

const { systems } = require('./index.js') as { systems: readonly string[] }

/** The groups that a clock of ticks makes a difference to; macOS runs all. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  openbsd: ['timeouts', 'blocking', 'selectAsync()', 'signals', 'threads'],
}

/**
 * Runs the suite over the call of each system, on Linux.
 *
 * @param name the class
 * @param fixtures the directory of the modules that export it, each named after a system
 * @param pairs what it runs over on each
 */
export function describeSystems(
  name: string,
  fixtures: string,
  pairs: Readonly<Record<string, readonly Pair[]>>,
): void {
  if (process.platform !== 'linux') {
    it.todo('is for Linux only')
    return
  }
  it.each(systems)('%s is among the systems that the suite runs on', (system) => {
    expect(Object.keys(pairs)).toContain(system)
  })
  for (const [system, kinds] of Object.entries(pairs)) {
    describe(`as on ${system}`, () => runOn(name, join(fixtures, `${system}.cjs`), kinds, groupsOf[system]))
  }
}

interface SelectorClass {
  new (options?: SelectorOptions): BaseSelector
  readonly supports: Supports
}

function runOn(name: string, module: string, pairs: readonly Pair[], groups?: readonly string[]): void {
  const Selector = (require(module) as Record<string, SelectorClass>)[name] as SelectorClass
  const isWanted = (title: string) => !groups || groups.includes(title) || title === name || title.startsWith('on a ')
  conformance(
    { name, create: (options) => new Selector(options), pairs, supports: Selector.supports, module },
    { describe: (title, body) => void (isWanted(title) && describe(title, body)), it, beforeEach, afterEach },
  )
}
