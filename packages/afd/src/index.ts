export * from '@selectors/core/program'
export { AfdSelector, wake } from './afd-selector.js'
