import type { End } from '@selectors/core/conformance'
import type { FileModel } from '../model/file.js'

/** A kind of file to wait for: how it is opened, and the model of what it is ready for. */
export interface Kind {
  readonly name: string
  /** What its ends are called in a program. */
  readonly ends: readonly string[]
  open(): readonly [end: End, model: FileModel][]
  /** Its ends send urgent bytes, each of which is EVENT_PRIORITY. */
  readonly urgent?: boolean
  /** An end can stop sending and go on reading. */
  readonly halfClose?: boolean
  /** What is done arrives a moment later, so that it has to be waited for. */
  readonly isSlow?: boolean
}

/** Puts ends and their models together. */
export function pairUp(ends: readonly End[], models: readonly FileModel[]): [End, FileModel][] {
  return ends.map((end, i) => [end, models[i] as FileModel])
}
