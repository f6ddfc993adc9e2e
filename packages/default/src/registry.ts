export { type Backend, RegistrationError, registerBackend } from './register-backend.js'
export type { SelectorClass } from './selector-class.js'
