export {
  BackendUnavailableError,
  type DataArgument,
  EVENT_READ,
  EVENT_WRITE,
  type FileObject,
  KeyError,
  type Ready,
  SelectorBusyError,
  SelectorClosedError,
  type SelectorKey,
  type SelectorMap,
  type Supports,
  SystemError,
  ValueError,
  type WaitOptions,
  type WakeHandle,
} from '@selectors/core'
export { DevpollSelector, wake } from './devpoll-selector.js'
