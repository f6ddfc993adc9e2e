export { EpollSelector } from './epoll-selector.js'
