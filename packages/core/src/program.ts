// What every program needs, whichever backend it uses: each backend's package and `@selectors/default` export it as well.
export { BaseSelector } from './contract/base-selector.js'
export {
  BackendUnavailableError,
  KeyError,
  SelectorBusyError,
  SelectorClosedError,
  SystemError,
  ValueError,
} from './contract/errors.js'
export {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
} from './contract/events.js'
export type { FileObject } from './contract/file-object.js'
export { NodeFile, type NodeObject, nodeFile } from './contract/node-file.js'
export type { SelectorOptions } from './contract/options.js'
export type { Ready, WaitOptions } from './contract/ready.js'
export { type DataArgument, SelectorKey } from './contract/selector-key.js'
export type { SelectorMap } from './contract/selector-map.js'
export type { Supports } from './contract/supports.js'
export type { Wake, WakeHandle } from './contract/wake-handle.js'
