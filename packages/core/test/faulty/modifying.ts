import { BaseSelector, EVENT_READ, type SelectorKey, SystemError } from '@selectors/core'
import { FakeSelector } from '../fake-selector'
import type { Args, Fault } from './fault'

/** Wrong in modify(). */
export const modifying: readonly Fault[] = [
  {
    fault: 'keeps data that is left out',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, ...data]: Args<'modify'>) {
        return super.modify(fileobj, events, data.length > 0 ? data[0] : this.getMap().get(fileobj)?.data)
      }
    },
  },
  {
    fault: 'changes the old key',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...args: Args<'modify'>) {
        const old = this.getKey(args[0])
        const { events, data } = super.modify(...args)
        Object.assign(old, { events, data })
        return this.getKey(args[0])
      }
    },
  },
  {
    fault: 'makes a new key when nothing changes',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, data]: Args<'modify'>) {
        super.modify(fileobj, events, {})
        return super.modify(fileobj, events, data)
      }
    },
  },
  {
    fault: 'compares data by ===',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, data]: Args<'modify'>) {
        const old = this.getKey(fileobj)
        return old.events === events && old.data === data ? old : super.modify(fileobj, events, data)
      }
    },
  },
  {
    fault: 'takes over the file object that it is given',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...args: Args<'modify'>) {
        return Object.assign(super.modify(...args), { fileobj: args[0] })
      }
    },
  },
  {
    fault: 'takes a number that is used again for the file that had it',
    group: 'descriptors',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, data]: Args<'modify'>) {
        const old = this.getKey(fileobj)
        return old.events === events ? super.modify(old.fileobj, events, data) : super.modify(fileobj, events, data)
      }
    },
  },
  {
    fault: 'unregisters and registers',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...args: Args<'modify'>) {
        const old = this.getMap().get(args[0])
        if (old?.events === args[1] && Object.is(old?.data, args[2])) return old as SelectorKey
        return BaseSelector.prototype.modify.apply(this, args) as SelectorKey
      }
    },
  },
  {
    fault: 'looks for the key before it checks the events',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...args: Args<'modify'>) {
        this.getKey(args[0])
        return super.modify(...args)
      }
    },
  },
  {
    fault: 'keeps the key when the system refuses',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...args: Args<'modify'>) {
        const { fileobj, fd, events } = this.getKey(args[0])
        const closed = typeof fileobj === 'object' && 'fileno' in fileobj && fileobj.fileno() < 0
        if (closed && events !== args[1]) throw new SystemError(-9, 'fake_ctl', `fd ${fd}`)
        return super.modify(...args)
      }
    },
  },
  {
    fault: 'asks the system for new data only',
    group: 'modify()',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, data]: Args<'modify'>) {
        const old = this.getMap().get(fileobj)
        if (old?.events === events && !Object.is(old.data, data)) super.modify(fileobj, events ^ 3 || EVENT_READ, data)
        return super.modify(fileobj, events, data)
      }
    },
  },
]
