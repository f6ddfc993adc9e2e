import { StringDecoder } from 'node:string_decoder'

/** A longer line is cut, so that nobody fills the memory with one that never ends. */
const LONGEST = 4096

/** Splits a stream into lines; its pieces may begin and end anywhere, even in the middle of a character. */
export class Lines {
  readonly #decoder = new StringDecoder()
  #rest = ''

  /** The lines that a piece completes, without their ends; the empty piece is the end, and completes the last one. */
  push(piece: Buffer | undefined): string[] {
    if (piece === undefined) return []
    const lines = (this.#rest + this.#decoder.write(piece)).split(/\r?\n/)
    const last = lines.pop() ?? ''
    const complete = last.length > LONGEST || (piece.length === 0 && last !== '')
    this.#rest = complete ? '' : last
    return complete ? [...lines, last] : lines
  }
}
