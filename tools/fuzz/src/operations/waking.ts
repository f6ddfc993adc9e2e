import * as fc from 'fast-check'
import type { Program } from '../program.js'
import { select } from '../selectors/waiting.js'
import { onSelectors } from './step.js'

/** Seconds that another thread may take to do something. */
const LONGEST = 10

export const wakeup = onSelectors('wakeup', {}, (program) =>
  program.each('selector.wakeup()', (one) => {
    const { selector, model } = one
    one.attempt([model.isClosed ? 'SelectorClosedError' : 'done'], () => selector.wakeup())
    if (!model.isClosed) model.wakeUp()
  }),
)

const isOpen = ({ tests }: Program) => tests.some(({ model }) => !model.isClosed)

/** By another thread, while this one is blocked or before. */
export const wake = onSelectors(
  'wake',
  { blocks: fc.boolean() },
  (program, { blocks }) => {
    const { thread } = program.system
    if (thread === undefined) return
    program.each(`wake(selector.waker()) // by another thread${blocks ? ', during selector.select()' : ''}`, (one) => {
      const { selector, model, subject } = one
      if (subject.module === undefined || model.isClosed) return
      // Something that is there already would end it before.
      const wakes = blocks && !model.isWoken && model.findsNothing && !model.mayRefuse
      thread.wake({ module: subject.module, handle: selector.waker() })
      model.wakeUp()
      if (wakes) select(one, 'waits', LONGEST)
      thread.join()
    })
  },
  (program) => program.system.thread !== undefined && isOpen(program),
)
