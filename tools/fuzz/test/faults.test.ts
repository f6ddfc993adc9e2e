import { fuzz } from '@selectors/fuzz'
import { closing } from '../../../packages/core/test/faulty/closing'
import { eventful } from '../../../packages/core/test/faulty/eventful'
import { modifying } from '../../../packages/core/test/faulty/modifying'
import { registering } from '../../../packages/core/test/faulty/registering'
import { selecting } from '../../../packages/core/test/faulty/selecting'
import { waiting } from '../../../packages/core/test/faulty/waiting'
import { fakeSystem } from './fake-system'

const SEED = 1
/** Of the program that shows a fault, which also says how a selector is made. */
const MOST_LINES = 10

const planted = [
  'unregisters by identity only',
  'makes a new key when nothing changes',
  'is edge-triggered',
  'reports one event at a time',
  'reports one key at a time',
  'goes on watching what is unregistered',
  'ignores modify()',
  'ignores ONE_SHOT',
  'shoots once in the place of each edge',
  'loses what an iteration has not delivered',
]
const faults = [...registering, ...modifying, ...selecting, ...waiting, ...closing, ...eventful].filter(({ fault }) =>
  planted.includes(fault),
)

it('has nothing against a selector without a fault', async () => {
  expect(await fuzz(fakeSystem({}), { operations: 5000, seed: SEED })).not.toHaveProperty('failure')
})

it.each(faults)('finds a selector that $fault, and a short program that shows it', async (fault) => {
  const { failure } = await fuzz(fakeSystem(fault), { operations: 10_000, seed: SEED })
  expect(failure?.lines).toBeDefined()
  expect(failure?.lines.length).toBeLessThanOrEqual(MOST_LINES)
})

it('knows them all', () => {
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(planted.length)
})

it('runs a failure again', async () => {
  const [fault] = faults
  const { failure } = await fuzz(fakeSystem(fault ?? {}), { operations: 10_000, seed: SEED })
  const again = await fuzz(fakeSystem(fault ?? {}), { operations: 1, seed: failure?.seed ?? 0, again: failure })
  expect(again.failure?.lines).toEqual(failure?.lines)
  expect(again.programs).toBe(1)
})
