import * as fc from 'fast-check'
import type { Program } from '../program.js'
import { Agreement } from '../selectors/agreement.js'
import { iterate } from '../selectors/iterating.js'
import * as calls from '../selectors/waiting.js'
import { onSelectors } from './step.js'

const isPending = ({ tests }: Program) => tests.some(({ wait }) => wait !== undefined)
const isWoken = ({ tests }: Program) => tests.some(({ model }) => model.isWoken)
const isRefused = ({ tests }: Program) => tests.some(({ model }) => model.mayRefuse)

export const select = onSelectors('select', { blocks: fc.boolean() }, (program, { blocks }) => {
  const agreement = new Agreement()
  program.each(`selector.select(${blocks ? 'timeout' : 0})`, (one) => agreement.check(one, calls.select(one, blocks)))
})

/** Seconds. */
const timeout = fc.constantFrom(undefined, undefined, 0, 0.001)

export const begin = onSelectors('selectAsync', { timeout }, (program, { timeout }) =>
  program.eachAsync(`wait = selector.selectAsync({ timeout: ${timeout} })`, (one) => calls.begin(one, timeout)),
)

/** What ends a wait for what is not ready. */
const how = fc.constantFrom('abort' as const, 'wake' as const)

export const finish = onSelectors(
  'finish',
  { how },
  (program, { how }) => program.eachAsync(`await wait // or ${how}`, (one) => calls.finish(one, how)),
  isPending,
)

const exit = fc.constantFrom('break' as const, 'abort' as const)

export const forAwait = onSelectors(
  'for await',
  { most: fc.nat(3), exit },
  (program, { most, exit }) =>
    program.eachAsync(`for await (const ready of selector) // ${exit} after ${most}, or what is ready`, (one) =>
      iterate(one, most, exit),
    ),
  (program) => !isPending(program) && !isWoken(program) && !isRefused(program),
)
