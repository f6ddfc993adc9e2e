export { conformance } from './conformance.js'
export type { End, LaterWrite, Pair, Runner, Storm, Subject } from './subject.js'
