export {
  BackendUnavailableError,
  BaseSelector,
  type DataArgument,
  EVENT_READ,
  EVENT_WRITE,
  type FileObject,
  KeyError,
  NodeFile,
  type NodeObject,
  nodeFile,
  type Ready,
  SelectorBusyError,
  SelectorClosedError,
  SelectorKey,
  type SelectorMap,
  type Supports,
  SystemError,
  ValueError,
  type WaitOptions,
  type Wake,
  type WakeHandle,
} from '@selectors/core'
export type { BackendReport, BackendStatus } from './backend-report.js'
export { backends, DefaultSelector } from './default-selector.js'
export type { SelectorClass } from './selector-class.js'
export { waitReadable, waitWritable } from './wait-for.js'
export { wake } from './wake.js'
