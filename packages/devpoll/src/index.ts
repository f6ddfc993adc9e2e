export * from '@selectors/core/program'
export { DevpollSelector, wake } from './devpoll-selector.js'
