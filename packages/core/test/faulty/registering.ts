import { type FileObject, KeyError, SelectorKey, SystemError, ValueError } from '@selectors/core'
import { FakeSelector } from '../fake-selector'
import type { Args, Fault } from './fault'

/** Wrong in register() and unregister(). */
export const registering: readonly Fault[] = [
  {
    fault: 'turns data that is left out into null',
    group: 'register()',
    selector: class extends FakeSelector {
      override register(...[fileobj, events, data = null]: Args<'register'>) {
        return super.register(fileobj, events, data)
      }
    },
  },
  {
    fault: 'keeps the descriptor in place of the file object',
    group: 'register()',
    selector: class extends FakeSelector {
      override register(...[fileobj, events, data]: Args<'register'>) {
        const { fd } = super.register(fileobj, events, data)
        super.unregister(fd)
        return super.register(fd, events, data)
      }
    },
  },
  {
    fault: 'changes what is registered already, then refuses',
    group: 'register()',
    selector: class extends FakeSelector {
      override register(...[fileobj, events, data]: Args<'register'>) {
        if (this.getMap().has(fileobj)) this.modify(fileobj, events, data)
        return super.register(fileobj, events, data)
      }
    },
  },
  {
    fault: 'registers twice as if it were modify()',
    group: 'register()',
    selector: class extends FakeSelector {
      override register(...[fileobj, events, data]: Args<'register'>) {
        if (this.getMap().has(fileobj)) return this.modify(fileobj, events, data)
        return super.register(fileobj, events, data)
      }
    },
  },
  {
    fault: 'keeps the key of a closed descriptor that the system refused',
    group: 'register()',
    selector: class extends FakeSelector {
      readonly #refused: FileObject[] = []
      override register(...args: Args<'register'>) {
        try {
          return super.register(...args)
        } catch (error) {
          if (error instanceof SystemError) this.#refused.push(args[0])
          throw error
        }
      }
      override getMap() {
        const map = super.getMap()
        const refused = this.#refused
        return new Proxy(map, {
          get(_, name) {
            if (name === 'size') return map.size + refused.length
            const value = Reflect.get(map, name) as unknown
            return typeof value === 'function' ? value.bind(map) : value
          },
        })
      }
    },
  },
  {
    fault: 'looks at the file object before the events',
    group: 'register()',
    selector: class extends FakeSelector {
      override register(...args: Args<'register'>) {
        super.getMap().has(args[0])
        return super.register(...args)
      }
    },
  },
  {
    fault: 'keeps the key when it unregisters',
    group: 'unregister()',
    selector: class extends FakeSelector {
      override unregister(fileobj: FileObject | number) {
        return this.getKey(fileobj)
      }
    },
  },
  {
    fault: 'unregisters by identity only',
    group: 'unregister()',
    selector: class extends FakeSelector {
      override unregister(fileobj: FileObject | number) {
        if (this.getKey(fileobj).fileobj !== fileobj) throw new KeyError('not registered')
        return super.unregister(fileobj)
      }
    },
  },
  {
    fault: 'returns a different key from the one that it held',
    group: 'unregister()',
    selector: class extends FakeSelector {
      override unregister(fileobj: FileObject | number) {
        const { fileobj: registered, fd, events, data } = super.unregister(fileobj)
        return new SelectorKey(registered, fd, events, data)
      }
    },
  },
  {
    fault: 'cannot unregister what is closed',
    group: 'descriptors',
    selector: class extends FakeSelector {
      override unregister(fileobj: FileObject | number) {
        if (typeof fileobj === 'object' && 'fileno' in fileobj && fileobj.fileno() < 0) throw new ValueError('closed')
        return super.unregister(fileobj)
      }
    },
  },
]
