import { Mismatch } from '../mismatch.js'
import { onSelectors } from './step.js'

/** Twice, of which the second does nothing. */
export const closeSelector = onSelectors('close', {}, (program) =>
  program.eachAsync('selector.close(), selector.close()', async (one) => {
    const { selector, model, wait } = one
    for (let times = 0; times < 2; times++) selector.close()
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
