import { conformance } from '@selectors/core/conformance'
import type * as select from '@selectors/select'
import { pipe } from '@selectors/socket/pairs'

const runner = { describe, it, beforeEach, afterEach }

/** The groups that a clock of ticks makes a difference to. */
const ofTicks = ['timeouts', 'blocking', 'selectAsync()', 'signals', 'threads']

if (process.platform === 'linux') {
  // It finds the end of a pipe that receives ready for writing.
  over('macos', [{ ...pipe, vague: true }])
  over('openbsd', [pipe], ofTicks)
} else {
  it.todo('is for Linux only')
}

/** Runs the suite over the select(2) of another system, all of it or some groups. */
function over(system: string, pairs: Parameters<typeof conformance>[0]['pairs'], groups?: readonly string[]): void {
  const module = require.resolve(`./fixtures/${system}.cjs`)
  const { SelectSelector } = require(module) as typeof select
  const name = 'SelectSelector'
  const isWanted = (title: string) => !groups || groups.includes(title) || title === name || title.startsWith('on a ')
  const create = (options?: select.SelectorOptions) => new SelectSelector(options)
  describe(`as on ${system}`, () =>
    conformance(
      { name, create, pairs, supports: SelectSelector.supports, module },
      { ...runner, describe: (title, body) => void (isWanted(title) && describe(title, body)) },
    ))
}
