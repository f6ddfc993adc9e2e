import { EVENT_READ } from '@selectors/core'
import * as fc from 'fast-check'
import { Mismatch } from '../mismatch.js'
import type { UnderTest } from '../selectors/under-test.js'
import { onSelectors } from './step.js'

/** How a selector is closed. */
const ways = {
  'selector.close()': (selector: Selector) => selector.close(),
  'selector[Symbol.dispose]()': (selector: Selector) => selector[Symbol.dispose](),
  'selector.register({ fileno: () => selector.close() }, EVENT_READ)': closeWithin,
}
type Selector = UnderTest['selector']

const way = fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[]))

/** Twice, of which the second does nothing. */
export const closeSelector = onSelectors('close', { way }, (program, { way }) =>
  program.eachAsync(`${way}, selector.close()`, async (one) => {
    const { selector, model, wait } = one
    ways[way](selector)
    one.attempt(['SelectorClosedError'], () => selector.select(0))
    selector.close()
    model.close()
    one.wait = undefined
    if (selector.getMap().size !== 0) throw new Mismatch('the closed selector has keys')
    if (wait === undefined) return
    const ended = await wait.end().catch((error: Error) => error)
    if (!(ended instanceof Error) || ended.name !== 'SelectorClosedError')
      throw new Mismatch(`the wait ends with ${ended}`)
  }),
)

export const newSelector = onSelectors(
  'new Selector',
  {},
  (program) => program.construct(),
  ({ tests }) => tests.every(({ model }) => model.isClosed),
)

function closeWithin(selector: Selector): void {
  const fileno = () => {
    selector.close()
    return 0
  }
  try {
    selector.register({ fileno }, EVENT_READ)
  } catch (error) {
    if ((error as Error).name === 'SelectorClosedError') return
    throw error
  }
  throw new Mismatch('it registers what has closed it')
}
