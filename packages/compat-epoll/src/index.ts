export type { EpollCallback } from './callback.js'
export { Epoll } from './epoll.js'
