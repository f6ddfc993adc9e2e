/** Descriptors below this, which is all that most processes have, live in one array. */
const LOW = 1024
/** How many there are in a page, which is made for a higher one: a single high number must not make an array huge. */
const PAGE = 256
/** Pages of descriptors below this live in an array, which is quicker than a Map. */
const NEAR = 1 << 16

type Page<Value> = (Value | undefined)[]

/** Values by file descriptor. */
export class FdTable<Value> {
  /** Filled up to the highest descriptor so far: an array with holes is slower, and turns into a hash table in the end. */
  readonly #low: Page<Value> = []
  readonly #near: (Page<Value> | undefined)[] = []
  readonly #far = new Map<number, Page<Value>>()

  get(fd: number): Value | undefined {
    return fd < this.#low.length ? this.#low[fd] : this.#page(fd)?.[fd % PAGE]
  }

  set(fd: number, value: Value): void {
    if (fd < LOW) {
      fill(this.#low, fd)
      this.#low[fd] = value
    } else {
      const page = this.#page(fd) ?? this.#addPage(fd)
      page[fd % PAGE] = value
    }
  }

  delete(fd: number): void {
    if (fd < this.#low.length) {
      this.#low[fd] = undefined
    } else {
      const page = this.#page(fd)
      if (page !== undefined) page[fd % PAGE] = undefined
    }
  }

  /** Iterates over the values; one that is set during the iteration may be visited or not. */
  *values(): IterableIterator<Value> {
    yield* valuesOf(this.#low)
    for (const page of this.#near) if (page !== undefined) yield* valuesOf(page)
    for (const page of this.#far.values()) yield* valuesOf(page)
  }

  clear(): void {
    this.#low.length = 0
    this.#near.length = 0
    this.#far.clear()
  }

  #page(fd: number): Page<Value> | undefined {
    return fd < NEAR ? this.#near[Math.floor(fd / PAGE)] : this.#far.get(Math.floor(fd / PAGE))
  }

  #addPage(fd: number): Page<Value> {
    const page = new Array<Value | undefined>(PAGE).fill(undefined)
    const number = Math.floor(fd / PAGE)
    if (fd < NEAR) {
      fill(this.#near, number)
      this.#near[number] = page
    } else {
      this.#far.set(number, page)
    }
    return page
  }
}

/** Makes a list reach up to an index. By number, because a patched `push()` might never do so. */
function fill<Value>(list: (Value | undefined)[], last: number): void {
  for (let i = list.length; i <= last; i++) list[i] = undefined
}

function* valuesOf<Value>(page: Page<Value>): IterableIterator<Value> {
  // By number: what is set during the loop may make it longer.
  for (let i = 0; i < page.length; i++) {
    const value = page[i]
    if (value !== undefined) yield value
  }
}
