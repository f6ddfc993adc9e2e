export * from '@selectors/core/program'
export { EpollSelector, wake } from './epoll-selector.js'
