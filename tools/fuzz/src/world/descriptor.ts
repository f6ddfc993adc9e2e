import type { End } from '@selectors/core/conformance'
import type { FileModel } from '../model/file.js'
import type { Kind } from './kind.js'

/** A descriptor of a program: the real end, the model of its file, and its name. */
export class Descriptor {
  readonly name: string
  readonly end: End
  /** Its number, also after it was closed. */
  readonly fd: number
  readonly file: FileModel
  readonly kind: Kind
  isOpen = true

  constructor(name: string, end: End, file: FileModel, kind: Kind) {
    this.name = name
    this.end = end
    this.fd = end.fileno()
    this.file = file
    this.kind = kind
  }
}
