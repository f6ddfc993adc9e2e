import { conformance } from '@selectors/core/conformance'
import { EpollSelector } from '@selectors/epoll'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'

conformance(
  {
    name: 'EpollSelector',
    create: (options) => new EpollSelector(options),
    pairs: [pipe, unixPair, tcpPair],
    supports: EpollSelector.supports,
    module: require.resolve('@selectors/epoll'),
  },
  { describe, it, beforeEach, afterEach },
)
