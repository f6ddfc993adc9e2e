import { Descriptor } from './descriptor.js'
import type { Kind } from './kind.js'

/** The descriptors of a program, open and closed, each real one beside its model. */
export class World {
  readonly #all: Descriptor[] = []
  readonly #byNumber = new Map<number, Descriptor>()
  #names = 0

  /** All that there ever were: a closed one is still a file object. */
  get all(): readonly Descriptor[] {
    return this.#all
  }

  get open(): readonly Descriptor[] {
    return [...this.#byNumber.values()]
  }

  /** What a number refers to now. */
  at(fd: number): Descriptor | undefined {
    return this.#byNumber.get(fd)
  }

  openKind(kind: Kind): readonly Descriptor[] {
    const number = ++this.#names
    return kind.open().map(([end, file], i) => this.#add(new Descriptor(`${kind.ends[i]}${number}`, end, file, kind)))
  }

  dup({ name, end, file, kind }: Descriptor): Descriptor {
    file.descriptors++
    file.isShared = true
    return this.#add(new Descriptor(`${name.split('Dup')[0]}Dup${++this.#names}`, end.dup(), file, kind))
  }

  close(descriptor: Descriptor): void {
    descriptor.end.close()
    descriptor.isOpen = false
    this.#byNumber.delete(descriptor.fd)
    if (--descriptor.file.descriptors === 0) descriptor.file.release()
  }

  closeAll(): void {
    for (const { end } of this.#all) end.close()
  }

  #add(descriptor: Descriptor): Descriptor {
    this.#all.push(descriptor)
    this.#byNumber.set(descriptor.fd, descriptor)
    return descriptor
  }
}
