// What programs need from every backend.
export * from '@selectors/core/program'
export { MyBackendSelector, wake } from './my-backend-selector.js'
