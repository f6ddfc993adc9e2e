export { KqueueSelector } from './kqueue-selector.js'
