import * as runner from 'node:test'
import { fileURLToPath } from 'node:url'
import { conformance } from '@selectors/core/conformance'
import { pairs } from '@selectors/socket/pairs'
import { MyBackendSelector } from 'my-backend'

conformance(
  {
    name: 'MyBackendSelector',
    create: () => new MyBackendSelector(),
    pairs,
    supports: MyBackendSelector.supports,
    module: fileURLToPath(import.meta.resolve('my-backend')),
  },
  runner,
)
