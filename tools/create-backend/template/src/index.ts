export { MyBackendSelector, wake } from './my-backend-selector.js'
