import { conformance } from '@selectors/core/conformance'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
import { entry, KqueueSelector } from './kqueue'

conformance(
  {
    name: 'KqueueSelector',
    create: (options) => new KqueueSelector(options),
    pairs: [pipe, unixPair, tcpPair],
    supports: KqueueSelector.supports,
    module: entry,
  },
  { describe, it, beforeEach, afterEach },
)
