import { conformance } from '@selectors/core/conformance'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
import { DevpollSelector } from './devpoll-selector'

conformance(
  {
    name: 'DevpollSelector',
    create: (options) => new DevpollSelector(options),
    pairs: [pipe, unixPair, tcpPair],
    supports: DevpollSelector.supports,
    module: require.resolve('./fixtures/emulated.cjs'),
  },
  { describe, it, beforeEach, afterEach },
)
