import { nest as nestOne } from '../selectors/nesting.js'
import { onSelectors } from './step.js'

/** Waits in another selector for one that has a descriptor. */
export const nest = onSelectors(
  'nest',
  {},
  (program) =>
    program.each(
      'outer.register(selector, EVENT_READ), outer.select(0), selector.register(outer, EVENT_READ)',
      nestOne,
    ),
  // Its number may be that of something that was closed, for which nothing may look now.
  ({ tests }) => tests.every(({ model }) => !model.isClosed && !model.isLooking),
)
