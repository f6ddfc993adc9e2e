import * as fc from 'fast-check'
import type { Program } from '../program.js'
import { Agreement } from '../selectors/agreement.js'
import { type Exit, iterate } from '../selectors/iterating.js'
import * as calls from '../selectors/waiting.js'
import { onSelectors } from './step.js'

const isPending = ({ tests }: Program) => tests.some(({ wait }) => wait !== undefined)
const isWoken = ({ tests }: Program) => tests.some(({ model }) => model.isWoken)
const isRefused = ({ tests }: Program) => tests.some(({ model }) => model.mayRefuse)

/** For nothing only now and then: /dev/poll counts in ticks of 10 ms. */
const patience = fc.oneof(
  { weight: 16, arbitrary: fc.constant('polls' as const) },
  { weight: 15, arbitrary: fc.constant('waits for what comes' as const) },
  { weight: 1, arbitrary: fc.constant('waits' as const) },
)

export const select = onSelectors('select', { patience }, (program, { patience }) => {
  const agreement = new Agreement()
  const line = `selector.select(${patience === 'polls' ? 0 : 'timeout'})`
  program.each(line, (one) => agreement.check(one, calls.select(one, patience)))
})

/** Seconds. */
const timeout = fc.constantFrom(undefined, undefined, null, Number.POSITIVE_INFINITY, 0, 0, 0.001, 0.002)

export const begin = onSelectors('selectAsync', { timeout }, (program, { timeout }) =>
  program.eachAsync(`wait = selector.selectAsync({ timeout: ${timeout} })`, (one) => calls.begin(one, timeout)),
)

/** What ends a wait for what is not ready. */
const how = fc.constantFrom<calls.Ending>('abort', 'wake', 'wake and abort')

export const finish = onSelectors(
  'finish',
  { how },
  (program, { how }) => program.eachAsync(`await wait // or ${how}`, (one) => calls.finish(one, how)),
  isPending,
)

const exit = fc.constantFrom<Exit>('break', 'abort', 'break while it waits', 'abort while it waits')

export const forAwait = onSelectors(
  'for await',
  { most: fc.nat(3), exit },
  (program, { most, exit }) =>
    program.eachAsync(`for await (const ready of selector) // ${exit} after ${most}, or what is ready`, (one) =>
      iterate(one, most, exit),
    ),
  (program) => !isPending(program) && !isWoken(program) && !isRefused(program),
)
