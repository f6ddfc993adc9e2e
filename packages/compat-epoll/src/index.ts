export { Epoll, type EpollCallback } from './epoll.js'
