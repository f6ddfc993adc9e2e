import { fuzz } from '@selectors/fuzz'
import { args } from '../../../packages/core/test/faulty/arguments'
import { closing } from '../../../packages/core/test/faulty/closing'
import { eventful } from '../../../packages/core/test/faulty/eventful'
import { lookingUp } from '../../../packages/core/test/faulty/looking-up'
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
  'has room for 32 ready keys only',
  'iterates what was registered at the beginning',
  'takes "1" for events',
  'drops the cause',
  'keeps its listener',
  'is not closed by disposal',
  'leaks a descriptor for each registration',
  'may be registered in one that it waits for',
  'forgets a closed descriptor whose number was registered before it was open',
]
const all = [registering, modifying, selecting, waiting, lookingUp, args, closing, eventful].flat()
const faults = all.filter(({ fault }) => planted.includes(fault))

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
