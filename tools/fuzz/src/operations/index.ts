import * as fc from 'fast-check'
import * as closing from './closing.js'
import * as descriptors from './descriptors.js'
import * as nesting from './nesting.js'
import * as oddities from './oddities.js'
import * as registering from './registering.js'
import type { Step } from './step.js'
import * as transfer from './transfer.js'
import * as waiting from './waiting.js'
import * as waking from './waking.js'

/** How often each operation is tried, against the others. */
const weights: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<Step>])[] = [
  [6, descriptors.open],
  [3, descriptors.dup],
  [4, descriptors.close],
  [12, transfer.write],
  [8, transfer.read],
  [1, transfer.fill],
  [2, transfer.finish],
  [2, transfer.sendUrgent],
  [2, transfer.takeUrgent],
  [16, registering.register],
  [6, registering.modify],
  [6, registering.renew],
  [5, registering.unregister],
  [3, registering.lookUp],
  [0.5, registering.clear],
  [0.25, registering.crowd],
  [2, oddities.oddity],
  [1, nesting.nest],
  [20, waiting.select],
  [3, waiting.begin],
  [5, waiting.finish],
  [3, waiting.forAwait],
  [2, waking.wakeup],
  [1, waking.wake],
  [1, closing.closeSelector],
  // Only once that is closed.
  [12, closing.newSelector],
]

/** Weights have to be whole numbers. */
const UNIT = 4

/** One operation of a program. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  ...weights.map(([weight, arbitrary]) => ({ weight: weight * UNIT, arbitrary })),
)
