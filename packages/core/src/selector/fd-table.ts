/** Descriptors below this live in an array, which is quicker than a Map; one number above must not make the array huge. */
const DENSE_LIMIT = 1 << 16

/** Values by file descriptor. */
export class FdTable<Value> {
  /** Filled up to the highest descriptor so far: an array with holes is slower, and turns into a hash table in the end. */
  readonly #dense: (Value | undefined)[] = []
  readonly #sparse = new Map<number, Value>()

  get(fd: number): Value | undefined {
    return fd < this.#dense.length ? this.#dense[fd] : this.#sparse.get(fd)
  }

  set(fd: number, value: Value): void {
    if (fd < DENSE_LIMIT) {
      while (this.#dense.length <= fd) this.#dense.push(undefined)
      this.#dense[fd] = value
    } else {
      this.#sparse.set(fd, value)
    }
  }

  delete(fd: number): void {
    if (fd < this.#dense.length) this.#dense[fd] = undefined
    else this.#sparse.delete(fd)
  }

  /** Iterates over the values; one that is set during the iteration may be visited or not. */
  *values(): IterableIterator<Value> {
    for (let fd = 0; fd < this.#dense.length; fd++) {
      const value = this.#dense[fd]
      if (value !== undefined) yield value
    }
    yield* this.#sparse.values()
  }

  clear(): void {
    this.#dense.length = 0
    this.#sparse.clear()
  }
}
