export {
  BackendUnavailableError,
  type DataArgument,
  EVENT_READ,
  EVENT_WRITE,
  type FileObject,
  KeyError,
  type Ready,
  SelectorClosedError,
  type SelectorKey,
  type SelectorMap,
  type Supports,
  SystemError,
  ValueError,
} from '@selectors/core'
export { DevpollSelector } from './devpoll-selector.js'
