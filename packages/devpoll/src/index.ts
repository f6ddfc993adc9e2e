export { DevpollSelector } from './devpoll-selector.js'
