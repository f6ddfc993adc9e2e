import type { BaseSelector, FileObject } from '@selectors/core'
import { Mismatch, maskName } from '../mismatch.js'
import { Channel } from '../model/channel.js'
import type { FileModel } from '../model/file.js'
import { masksOf } from '../model/state.js'
import type { Descriptor } from './descriptor.js'
import type { SlowEnd } from './tcp-pair.js'

/** Milliseconds after which what has to arrive has not arrived, at most. */
const LONGEST = 2000

/** A selector class that is taken for right. */
export interface Reference {
  new (): BaseSelector<unknown, FileObject>
  readonly supports: BaseSelectorSupports
}
type BaseSelectorSupports = Parameters<typeof masksOf>[2]

/** Waits until what was done to a connection has arrived, by asking a reference for what the model says. */
export class Settling {
  readonly #Reference: Reference

  constructor(Reference: Reference) {
    this.#Reference = Reference
  }

  /**
   * @param patience milliseconds that it may take
   * @throws {Mismatch} if the system does not do what the model says
   */
  settle(connection: object, open: readonly Descriptor[], patience: number): void {
    const latest = Date.now() + Math.min(patience, LONGEST)
    const files = new Map(open.filter(({ file }) => file.connection === connection).map((one) => [one.file, one]))
    for (const descriptor of files.values()) this.#settleEnd(descriptor, latest)
  }

  #settleEnd({ end, file, name }: Descriptor, latest: number): void {
    const { supports } = this.#Reference
    const masks = masksOf(file.state, supports.events, supports)
    const selector = new this.#Reference()
    try {
      selector.register(end, supports.events)
      for (;;) {
        const mask = selector.select(0)[0]?.[1] ?? 0
        if (masks.has(mask) && hasArrived(end, file)) return
        if (Date.now() > latest)
          throw new Mismatch(`the system calls ${name} ready for ${maskName(mask)}, which the model does not`)
        selector.select(0.001)
      }
    } finally {
      selector.close()
    }
  }
}

/** All that was written, unless there is an error that looking would take, or the mark of an urgent byte before it. */
function hasArrived(end: Partial<SlowEnd>, file: FileModel): boolean {
  if (!(file instanceof Channel) || file.input === undefined || end.arrived === undefined) return true
  const { input, error, isRestless } = file
  return input.bytes === 0 || input.hasMark || error !== 'no' || isRestless || end.arrived() === input.bytes
}
