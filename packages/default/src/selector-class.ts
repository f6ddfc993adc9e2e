import type {
  BaseSelector,
  DataArgument,
  FileObject,
  Ready,
  SelectorKey,
  SelectorMap,
  SelectorOptions,
  Supports,
  WaitOptions,
  WakeHandle,
} from '@selectors/core'

/** A selector of any backend. Restates what is abstract in {@link BaseSelector}, so that a class can extend `DefaultSelector`. */
export interface Selector<Data = unknown, File extends FileObject = FileObject> extends BaseSelector<Data, File> {
  register(fileobj: File, events: number, ...data: DataArgument<Data>): SelectorKey<Data, File>
  unregister(fileobj: File | number): SelectorKey<Data, File>
  select(timeout?: number | null): Ready<Data, File>[]
  selectAsync(options?: WaitOptions): Promise<Ready<Data, File>[]>
  events(options?: Pick<WaitOptions, 'signal'>): AsyncIterableIterator<Ready<Data, File>>
  ref(): this
  unref(): this
  hasRef(): boolean
  wakeup(): void
  waker(): WakeHandle
  getMap(): SelectorMap<Data, File>
}

/** A class that implements the contract of {@link BaseSelector} and can be constructed without arguments. */
export interface SelectorClass {
  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} if no backend can be used here
   * @throws {SystemError} if the system refuses to create the queue: EMFILE, ENFILE, ENOMEM; ENOTSUP when it is to take any
   *   descriptor, and cannot
   */
  new <Data = unknown, File extends FileObject = FileObject>(options?: SelectorOptions): Selector<Data, File>
  readonly prototype: Selector
  /** What the selectors of this class can do. */
  readonly supports: Supports
}

/**
 * Finds the selector class in what a package exports: the whole export, its `default`, or the only one among its exports.
 *
 * @throws {TypeError} if there is none, or more than one
 */
export function selectorClassIn(exported: unknown): SelectorClass {
  if (isSelectorClass(exported)) return exported
  const module = Object(exported) as Record<string, unknown>
  if (isSelectorClass(module.default)) return module.default
  const [selectorClass, another] = new Set(Object.values(module).filter(isSelectorClass))
  if (selectorClass === undefined) {
    throw new TypeError(
      'no selector class found: expected a class that extends BaseSelector and has a static `supports`',
    )
  }
  if (another !== undefined) {
    throw new TypeError(`several selector classes found (${selectorClass.name}, ${another.name}): make one the default`)
  }
  return selectorClass
}

const methods = ['register', 'unregister', 'modify', 'select', 'getKey', 'getMap', 'close'] as const

/** By its methods, not by its parent: the package may have a copy of `@selectors/core` of its own. */
function isSelectorClass(value: unknown): value is SelectorClass & { readonly name: string } {
  if (typeof value !== 'function') return false
  const { prototype, supports } = value as Partial<SelectorClass>
  return Object(supports) === supports && methods.every((method) => typeof prototype?.[method] === 'function')
}
