export { conformance } from './conformance.js'
export type { CreateOptions, End, LaterWrite, Pair, Runner, Storm, Subject } from './subject.js'
