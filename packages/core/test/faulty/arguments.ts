import { EVENT_READ, EVENT_WRITE, type FileObject, SelectorKey, ValueError } from '@selectors/core'
import { FakeSelector, likePoll } from '../fake-selector'
import type { Args, Fault } from './fault'

/** Makes a class that changes events before they are checked. */
export const withEvents = (convert: (events: unknown) => unknown): typeof FakeSelector =>
  class extends FakeSelector {
    override register(...[fileobj, events, data]: Args<'register'>) {
      return super.register(fileobj, convert(events) as number, data)
    }
  }

export const withFileObject = (convert: (fileobj: unknown) => unknown): typeof FakeSelector =>
  class extends FakeSelector {
    override register(...[fileobj, events, data]: Args<'register'>) {
      return super.register(convert(fileobj) as FileObject, events, data)
    }
  }

const withTimeout = (convert: (timeout: unknown) => unknown): typeof FakeSelector =>
  class extends FakeSelector {
    override select(timeout?: number | null) {
      return super.select(convert(timeout) as number)
    }
  }

const filenoOf = (fileobj: unknown) => (fileobj as { fileno(): number }).fileno()
const hasFileno = (fileobj: unknown) => typeof (fileobj as { fileno?: unknown } | null)?.fileno === 'function'

/** Wrong in what is accepted and what is refused. */
export const args: readonly Fault[] = [
  { fault: 'takes events 0', group: 'bad input', selector: withEvents((events) => events || EVENT_READ) },
  {
    fault: 'ignores bits of events that it does not know',
    group: 'bad input',
    selector: withEvents((events) => (typeof events === 'number' && events > 3 ? events & EVENT_READ || 1 : events)),
  },
  { fault: 'takes true for events', group: 'bad input', selector: withEvents((e) => (e === true ? EVENT_READ : e)) },
  { fault: 'takes "1" for events', group: 'bad input', selector: withEvents((e) => (e === '1' ? EVENT_READ : e)) },
  { fault: 'rounds events', group: 'bad input', selector: withEvents((e) => (e === 1.5 ? EVENT_READ : e)) },
  {
    fault: 'takes a negative descriptor',
    group: 'bad input',
    selector: withFileObject((fileobj) => (typeof fileobj === 'number' ? Math.abs(fileobj) : fileobj)),
    supports: likePoll,
  },
  {
    fault: 'rounds descriptors',
    group: 'bad input',
    selector: withFileObject((fileobj) => (typeof fileobj === 'number' ? Math.trunc(fileobj) : fileobj)),
  },
  {
    fault: 'accepts a fileno() that returns a string',
    group: 'bad input',
    selector: withFileObject((fileobj) => (hasFileno(fileobj) ? Number(filenoOf(fileobj)) : fileobj)),
  },
  { fault: 'takes NaN for a timeout', group: 'bad input', selector: withTimeout((t) => (Number.isNaN(t) ? 0 : t)) },
  { fault: 'takes "1" for a timeout', group: 'bad input', selector: withTimeout((t) => (t === '1' ? 0 : t)) },
  {
    fault: 'throws errors without a code',
    group: 'bad input',
    selector: class extends FakeSelector {
      override getKey(fileobj: FileObject) {
        if (typeof fileobj === 'string') throw new TypeError('not a file object')
        return super.getKey(fileobj)
      }
    },
  },
  {
    fault: 'does not name the culprit',
    group: 'bad input',
    selector: class extends FakeSelector {
      override register(...args: Args<'register'>) {
        if (typeof args[1] === 'string') throw new ValueError('bad events')
        return super.register(...args)
      }
    },
  },
  {
    fault: 'hides every error of a fileno()',
    group: 'file objects',
    selector: withFileObject((fileobj) => {
      try {
        if (hasFileno(fileobj)) filenoOf(fileobj)
        return fileobj
      } catch (cause) {
        throw new ValueError('not a file object', { cause })
      }
    }),
  },
  {
    fault: 'drops the cause',
    group: 'file objects',
    selector: class extends FakeSelector {
      override getKey(fileobj: FileObject) {
        try {
          return super.getKey(fileobj)
        } catch (error) {
          if (error instanceof ValueError) throw new ValueError(error.message)
          throw error
        }
      }
    },
  },
  {
    fault: 'lets a TypeError of a fileno() through',
    group: 'file objects',
    selector: withFileObject((fileobj) => {
      if (hasFileno(fileobj)) filenoOf(fileobj)
      return fileobj
    }),
  },
  {
    fault: 'does not take an object with an fd',
    group: 'file objects',
    selector: withFileObject((fileobj) => (typeof fileobj === 'object' && !hasFileno(fileobj) ? {} : fileobj)),
  },
  {
    fault: 'does not notice that a fileno() has closed it',
    group: 're-entrance',
    selector: class extends FakeSelector {
      #closed = false
      override register(...[fileobj, events, data]: Args<'register'>) {
        const open = !this.#closed
        const fd = hasFileno(fileobj) && open ? filenoOf(fileobj) : 0
        if (open && this.#closed) return new SelectorKey(fileobj, fd, events | EVENT_WRITE, data)
        return super.register(fileobj, events, data)
      }
      override close() {
        this.#closed = true
        super.close()
      }
    },
  },
]
