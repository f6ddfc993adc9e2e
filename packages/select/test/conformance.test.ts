import { conformance } from '@selectors/core/conformance'
import { SelectSelector } from '@selectors/select'
import { pairs } from '@selectors/socket/pairs'

conformance(
  {
    name: 'SelectSelector',
    create: (options) => new SelectSelector(options),
    pairs,
    supports: SelectSelector.supports,
    module: require.resolve('@selectors/select'),
  },
  { describe, it, beforeEach, afterEach },
)
