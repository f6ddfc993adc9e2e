import { conformance } from '@selectors/core/conformance'
import { SelectSelector } from '@selectors/select'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'

conformance(
  {
    name: 'SelectSelector',
    create: () => new SelectSelector(),
    pairs: [pipe, unixPair, tcpPair],
    supports: SelectSelector.supports,
    module: require.resolve('@selectors/select'),
  },
  { describe, it, beforeEach, afterEach },
)
