import { conformance } from '@selectors/core/conformance'
import { PollSelector } from '@selectors/poll'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'

conformance(
  {
    name: 'PollSelector',
    create: (options) => new PollSelector(options),
    pairs: [pipe, unixPair, tcpPair],
    supports: PollSelector.supports,
    module: require.resolve('@selectors/poll'),
  },
  { describe, it, beforeEach, afterEach },
)
