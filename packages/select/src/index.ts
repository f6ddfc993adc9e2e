export * from '@selectors/core/program'
export { SelectSelector, wake } from './select-selector.js'
