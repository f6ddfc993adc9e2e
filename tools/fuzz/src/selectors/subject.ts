import type { Subject as Conformant } from '@selectors/core/conformance'

/** A selector class that programs are run over: what the conformance suite is given as well. */
export type Subject = Pick<Conformant, 'name' | 'create' | 'supports' | 'module'>
