export { BaseSelector } from './base-selector.js'
export {
  BackendUnavailableError,
  KeyError,
  SelectorBusyError,
  SelectorClosedError,
  SystemError,
  ValueError,
} from './errors.js'
export { EVENT_READ, EVENT_WRITE } from './events.js'
export type { FileObject } from './file-object.js'
export type { NativeBackend } from './native-binding.js'
export { nativePoller } from './native-poller.js'
export { NodeFile, type NodeObject, nodeFile } from './node-file.js'
export type { Poller } from './poller.js'
export { PollerSelector, type Syscalls } from './poller-selector.js'
export type { Ready, WaitOptions } from './ready.js'
export { type DataArgument, SelectorKey } from './selector-key.js'
export type { SelectorMap } from './selector-map.js'
export type { Supports } from './supports.js'
export { checkWakeHandle, nativeWake, type Wake, type WakeHandle } from './wake-handle.js'
