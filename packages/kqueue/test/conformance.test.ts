import { conformance } from '@selectors/core/conformance'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
import { emulation } from './emulation'
import { describeOnEach, systems } from './kqueue'
import { groupsOf } from './traits'

describeOnEach('the suite', ({ name, KqueueSelector, entry, use }) => {
  // One system has all of it, and the others what their traits make a difference to.
  const groups = name === systems[0]?.name ? undefined : groupsOf(emulation.traits(name))
  const isWanted = (title: string) => !groups || title === 'KqueueSelector' || /^on a /.test(title) || groups.has(title)
  conformance(
    {
      name: 'KqueueSelector',
      create(options) {
        use()
        return new KqueueSelector(options)
      },
      pairs: groups === undefined ? [pipe, unixPair, tcpPair] : [pipe, tcpPair],
      supports: KqueueSelector.supports,
      module: entry,
    },
    { describe: (title, body) => void (isWanted(title) && describe(title, body)), it, beforeEach, afterEach },
  )
})
