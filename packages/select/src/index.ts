export { SelectSelector } from './select-selector.js'
