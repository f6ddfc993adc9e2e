import { conformance } from '@selectors/core/conformance'
import type * as poll from '@selectors/poll'
import { pipe, tcpPair } from '@selectors/socket/pairs'

const runner = { describe, it, beforeEach, afterEach }

/** The groups that a clock of ticks makes a difference to. */
const ofTicks = ['timeouts', 'blocking', 'selectAsync()', 'signals', 'threads']

if (process.platform === 'linux') {
  over('macos', [pipe, tcpPair])
  over('openbsd', [pipe], ofTicks)
} else {
  it.todo('is for Linux only')
}

/** Runs the suite over the poll(2) of another system, all of it or some groups. */
function over(system: string, pairs: Parameters<typeof conformance>[0]['pairs'], groups?: readonly string[]): void {
  const module = require.resolve(`./fixtures/${system}.cjs`)
  const { PollSelector } = require(module) as typeof poll
  const name = 'PollSelector'
  const isWanted = (title: string) => !groups || groups.includes(title) || title === name || title.startsWith('on a ')
  const create = (options?: poll.SelectorOptions) => new PollSelector(options)
  describe(`as on ${system}`, () =>
    conformance(
      { name, create, pairs, supports: PollSelector.supports, module },
      { ...runner, describe: (title, body) => void (isWanted(title) && describe(title, body)) },
    ))
}
