export * from '@selectors/core/program'
export { KqueueSelector, wake } from './kqueue-selector.js'
