import { backends } from './backends.mjs'
import { binding } from './binding.mjs'
import { contract } from './contract.mjs'
import { defaults } from './default.mjs'
import { emulated } from './emulated.mjs'
import { headers } from './headers.mjs'
import { selector } from './selector.mjs'
import { socket } from './socket.mjs'
import { threads } from './threads.mjs'
import { waiting } from './waiting.mjs'

/** Small mistakes that a user could notice, one line each. */
export const mutants = [
  ...contract,
  ...selector,
  ...waiting,
  ...binding,
  ...defaults,
  ...headers,
  ...threads,
  ...backends,
  ...emulated,
  ...socket,
]
