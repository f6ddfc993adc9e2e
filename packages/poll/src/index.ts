export { PollSelector } from './poll-selector.js'
