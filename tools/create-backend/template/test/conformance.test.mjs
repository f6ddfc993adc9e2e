import * as runner from 'node:test'
import { fileURLToPath } from 'node:url'
import { conformance } from '@selectors/core/conformance'
import { pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
import { MyBackendSelector } from 'my-backend'

conformance(
  {
    name: 'MyBackendSelector',
    create: () => new MyBackendSelector(),
    pairs: [pipe, unixPair, tcpPair],
    supports: MyBackendSelector.supports,
    module: fileURLToPath(import.meta.resolve('my-backend')),
  },
  runner,
)
