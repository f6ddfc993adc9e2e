import type { BaseSelector, FileObject, Ready, SelectorMap } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import type { FileModel } from '../model/file.js'
import type { Outcome } from '../model/outcomes.js'
import { SelectorModel } from '../model/selector-model.js'
import type { AsyncWait } from './async-wait.js'
import type { Target } from './registering.js'
import type { Subject } from './subject.js'

/** A selector beside its model. */
export class UnderTest {
  readonly subject: Subject
  readonly selector: BaseSelector<unknown, FileObject>
  readonly model: SelectorModel
  /** What `getMap()` returned at first. */
  readonly map: SelectorMap
  /** The asynchronous wait that goes on. */
  wait: AsyncWait | undefined
  #last: { readonly batch: readonly Ready[]; readonly copy: readonly Ready[] } = { batch: [], copy: [] }

  /** Milliseconds that an asynchronous wait may take which has to end. */
  readonly patience: number

  constructor(subject: Subject, takesAny: boolean, patience: number, fileAt: (fd: number) => FileModel | undefined) {
    this.subject = subject
    this.patience = patience
    const anyDescriptor = takesAny && subject.supports.anyDescriptor
    this.selector = subject.create(anyDescriptor ? { anyDescriptor } : {})
    this.map = this.selector.getMap()
    this.model = new SelectorModel(subject.supports, anyDescriptor, fileAt)
  }

  /** The number by which a file object is looked up: its own, or that which it was registered with. */
  locate({ descriptor, fileobj }: Target): number | undefined {
    if (fileobj !== descriptor.end || descriptor.isOpen) return descriptor.fd
    return [...this.model.registrations.values()].find(({ key }) => key.fileobj === fileobj)?.key.fd
  }

  /** Looks whether the last batch is still what it was, and remembers this one. */
  remember(batch: readonly Ready[]): void {
    const { batch: last, copy } = this.#last
    if (last === batch || last.length !== copy.length || copy.some((ready, i) => ready !== last[i]))
      throw new Mismatch('the batch of an earlier wait was changed')
    this.#last = { batch, copy: [...batch] }
  }

  /** Makes a call from which one of these outcomes is expected. Returns what it returns, if it is done. */
  attempt<Result>(outcomes: readonly Outcome[], call: () => Result): Result | undefined {
    let outcome = 'done'
    let thrown: unknown
    let result: Result | undefined
    try {
      result = call()
    } catch (error) {
      thrown = error
      outcome = (error as Error).name
    }
    if ((outcomes as readonly string[]).includes(outcome)) return result
    const expected = outcomes.join(' or ')
    throw new Mismatch(
      thrown === undefined ? `it is done, where ${expected} was expected` : `${thrown}, where ${expected} was expected`,
    )
  }
}
