import { EDGE_TRIGGERED, ONE_SHOT, type Ready } from '@selectors/core'
import { Mismatch, maskName, named } from '../mismatch.js'
import type { UnderTest } from './under-test.js'

/** What is level-triggered is found by all selectors alike that say so, also where the model leaves it open. */
export class Agreement {
  readonly #found = new Map<string, { readonly mask: number; readonly by: string }>()

  /** @throws {Mismatch} if another selector has found something else of the same registration */
  check({ model, subject: { name, supports } }: UnderTest, batch: readonly Ready[]): void {
    const masks = new Map(batch.map(([{ fd }, mask]) => [fd, mask]))
    for (const { key, file, wasClosed, found } of model.registrations.values()) {
      const isLevel = (key.events & (EDGE_TRIGGERED | ONE_SHOT)) === 0
      if (!isLevel || wasClosed || found !== 0 || file === undefined || file.isRestless) continue
      const mask = masks.get(key.fd) ?? 0
      const same = `${key.fd} ${key.events} ${supports.hangUp} ${supports.regularFiles} ${supports.fileno}`
      const other = this.#found.get(same)
      if (other === undefined) this.#found.set(same, { mask, by: name })
      else if (other.mask !== mask)
        throw new Mismatch(
          `${named(key)} is reported for ${maskName(mask)}, where ${other.by} has ${maskName(other.mask)}`,
        )
    }
  }
}
