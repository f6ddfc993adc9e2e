import { type FileObject, KeyError, type SelectorKey, type SelectorMap } from '@selectors/core'
import { FakeSelector } from '../fake-selector'
import type { Fault } from './fault'

type Overrides = Readonly<Record<PropertyKey, unknown>>

/** Makes a view of a map that returns some things of its own. */
function viewOf(map: SelectorMap, overrides: Overrides): SelectorMap {
  const view: SelectorMap = new Proxy(map, {
    get(_, name) {
      if (name in overrides) return overrides[name]
      if (name === 'forEach') return forEach
      const value = Reflect.get(map, name) as unknown
      return typeof value === 'function' ? value.bind(map) : value
    },
  })
  const forEach: SelectorMap['forEach'] = (visit, self) => {
    for (const [fd, key] of map) visit.call(self, key, fd, view)
  }
  return view
}

/** Makes a class whose map returns some things of its own. */
export const withMap = (overrides: (map: SelectorMap) => Overrides): typeof FakeSelector =>
  class extends FakeSelector {
    readonly #view = viewOf(super.getMap(), overrides(super.getMap()))
    override getMap() {
      return this.#view
    }
  }

/** Makes a view of a map that keeps the last size, once there is one. */
function viewThatLasts(map: SelectorMap, last: { size: number }): SelectorMap {
  return viewOf(map, {
    get size() {
      return last.size < 0 ? map.size : last.size
    },
  })
}

/** Wrong in getKey() and getMap(). */
export const lookingUp: readonly Fault[] = [
  {
    fault: 'finds keys by identity only',
    group: 'getKey()',
    selector: class extends FakeSelector {
      override getKey(fileobj: FileObject | number) {
        const key = super.getKey(fileobj)
        if (key.fileobj !== fileobj) throw new KeyError('not registered')
        return key
      }
    },
  },
  {
    fault: 'returns undefined for what is not registered',
    group: 'getKey()',
    selector: class extends FakeSelector {
      override getKey(fileobj: FileObject | number) {
        return this.getMap().get(fileobj) as SelectorKey
      }
    },
  },
  {
    fault: 'does not find what is closed',
    group: 'getKey()',
    selector: class extends FakeSelector {
      override getKey(fileobj: FileObject | number) {
        if (typeof fileobj === 'object' && 'fileno' in fileobj && fileobj.fileno() < 0) throw new KeyError('closed')
        return super.getKey(fileobj)
      }
    },
  },
  {
    fault: 'makes a new view each time',
    group: 'getMap()',
    selector: class extends FakeSelector {
      override getMap() {
        return viewOf(super.getMap(), {})
      }
    },
  },
  {
    fault: 'has a map that does not change',
    group: 'getMap()',
    selector: class extends FakeSelector {
      #view: SelectorMap | undefined
      override getMap() {
        const map = super.getMap()
        this.#view ??= viewOf(map, { size: map.size })
        return this.#view
      }
    },
  },
  {
    fault: 'has a map that throws for what is no file object',
    group: 'getMap()',
    selector: withMap((map) => ({
      has(fileobj: FileObject) {
        if (typeof fileobj === 'string') throw new TypeError('not a file object')
        return map.has(fileobj)
      },
    })),
  },
  {
    fault: 'has a map that returns null',
    group: 'getMap()',
    selector: withMap((map) => ({ get: (fileobj: FileObject) => map.get(fileobj) ?? null })),
  },
  {
    fault: 'has a map that can be changed',
    group: 'getMap()',
    selector: withMap(() => ({ delete: () => true })),
  },
  {
    fault: 'calls forEach() without the map',
    group: 'getMap()',
    selector: withMap((map) => ({
      forEach(visit: (key: SelectorKey, fd: number) => void, self: unknown) {
        for (const [fd, key] of map) visit.call(self, key, fd)
      },
    })),
  },
  {
    fault: 'iterates what was registered at the beginning',
    group: 'iteration',
    selector: withMap((map) => ({
      values: () => [...map.values()].values(),
      keys: () => [...map.keys()].values(),
      entries: () => [...map].values(),
      [Symbol.iterator]: () => [...map].values(),
    })),
  },
  {
    fault: 'keeps the map after close()',
    group: 'getMap()',
    selector: class extends FakeSelector {
      readonly #last = { size: -1 }
      readonly #view = viewThatLasts(super.getMap(), this.#last)
      override close() {
        if (this.#last.size < 0) this.#last.size = this.#view.size
        super.close()
      }
      override getMap() {
        return this.#view
      }
    },
  },
]
