import { backends } from './backends.mjs'
import { binding } from './binding.mjs'
import { choices } from './choosing.mjs'
import { compatEpoll } from './compat-epoll.mjs'
import { contract } from './contract.mjs'
import { defaults } from './default.mjs'
import { emulated } from './emulated.mjs'
import { headers } from './headers.mjs'
import { selector } from './selector.mjs'
import { socketSource } from './socket.mjs'
import { socketBinding } from './socket-binding.mjs'
import { socketWaits } from './socket-waits.mjs'
import { tables } from './tables.mjs'
import { threads } from './threads.mjs'
import { blocking } from './vigil.mjs'
import { waiting } from './waiting.mjs'

/** Small mistakes that a user could notice, one line each. */
export const mutants = [
  ...contract,
  ...selector,
  ...waiting,
  ...binding,
  ...defaults,
  ...choices,
  ...compatEpoll,
  ...tables,
  ...headers,
  ...threads,
  ...blocking,
  ...backends,
  ...emulated,
  ...socketSource,
  ...socketBinding,
  ...socketWaits,
]
