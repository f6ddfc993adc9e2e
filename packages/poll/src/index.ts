export * from '@selectors/core/program'
export { PollSelector, wake } from './poll-selector.js'
