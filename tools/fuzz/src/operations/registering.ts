import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
} from '@selectors/core'
import * as fc from 'fast-check'
import { maskName } from '../mismatch.js'
import type { Program } from '../program.js'
import * as calls from '../selectors/registering.js'
import type { Descriptor } from '../world/descriptor.js'
import { onSelectors, operation } from './step.js'

const BOTH = EVENT_READ | EVENT_WRITE

const pythons = fc.constantFrom(EVENT_READ, EVENT_WRITE, BOTH)
const others = fc.constantFrom(
  EVENT_HANGUP,
  EVENT_ERROR,
  EVENT_PRIORITY,
  EVENT_HANGUP | EVENT_ERROR,
  EVENT_PRIORITY | EVENT_HANGUP,
)
const modes = fc.constantFrom(
  ONE_SHOT,
  EDGE_TRIGGERED,
  EXCLUSIVE,
  ONE_SHOT | EDGE_TRIGGERED,
  EXCLUSIVE | EDGE_TRIGGERED,
)

/** Most are what most programs wait for; some are refused. */
const events = fc.oneof(
  { weight: 8, arbitrary: pythons },
  { weight: 3, arbitrary: fc.tuple(pythons, others).map(([some, more]) => some | more) },
  { weight: 2, arbitrary: others },
  { weight: 6, arbitrary: fc.tuple(pythons, modes).map(([some, mode]) => some | mode) },
  { weight: 2, arbitrary: fc.tuple(pythons, others, modes).map(([some, more, mode]) => some | more | mode) },
  { weight: 1, arbitrary: fc.constantFrom(0, 4, 8, 16, -1, 1.5, ONE_SHOT, 1 << 20, 2 ** 32 + 1) },
)

const data = fc.constantFrom(0, undefined, 1, -0, null, Number.NaN)
/** How a descriptor is named: most by its end. */
const naming = fc.constantFrom<Naming>('end', 'end', 'end', 'end', 'end', 'number', 'number', 'fd')
type Naming = 'end' | 'number' | 'fd'

/** Closed ones now and then: the last of them, whose numbers are used again. */
const fileObjects = ({ world }: Program): readonly Descriptor[] => [
  ...world.open,
  ...world.all.filter(({ isOpen }) => !isOpen).slice(-2),
]
/** Rather those that are registered with some selector. */
const registered = (program: Program): readonly Descriptor[] => {
  const numbers = new Set(program.tests.flatMap(({ model }) => [...model.registrations.keys()]))
  const those = fileObjects(program).filter(({ fd }) => numbers.has(fd))
  return those.length > 0 ? those : fileObjects(program).slice(0, 1)
}

function targetOf(descriptor: Descriptor, naming: Naming): calls.Target {
  const { end, fd } = descriptor
  return { descriptor, fileobj: naming === 'end' ? end : naming === 'number' ? fd : { fd } }
}

function nameOf({ descriptor: { name, end, fd }, fileobj }: calls.Target): string {
  if (fileobj === end) return name
  return typeof fileobj === 'number' ? `${fd}` : `{ fd: ${fd} }`
}

function dataName(data: unknown): string {
  return data === undefined ? '' : `, ${Object.is(data, -0) ? '-0' : data}`
}

export const register = operation(
  'register',
  fileObjects,
  { naming, events, data },
  (program, descriptor, { events, data, naming }) => {
    const target = targetOf(descriptor, naming)
    const line = `selector.register(${nameOf(target)}, ${maskName(events)}${dataName(data)})`
    program.each(line, (one) => calls.register(one, target, events, data))
  },
)

export const modify = operation(
  'modify',
  registered,
  { naming, events, data },
  (program, descriptor, { events, data, naming }) => {
    const target = targetOf(descriptor, naming)
    const line = `selector.modify(${nameOf(target)}, ${maskName(events)}${dataName(data)})`
    program.each(line, (one) => calls.modify(one, target, events, data))
  },
)

/** Arms a one-shot again, or asks for an edge again, by the events that are there. */
export const renew = operation('renew', registered, {}, (program, descriptor) => {
  const target = targetOf(descriptor, 'end')
  const key = program.tests
    .map(({ model }) => model.registrations.get(descriptor.fd)?.key)
    .find((one) => one !== undefined)
  if (key === undefined) return
  const line = `selector.modify(${descriptor.name}, ${maskName(key.events)}${dataName(key.data)})`
  program.each(line, (one) => calls.modify(one, target, key.events, key.data))
})

export const unregister = operation('unregister', registered, { naming }, (program, descriptor, { naming }) => {
  const target = targetOf(descriptor, naming)
  program.each(`selector.unregister(${nameOf(target)})`, (one) => calls.unregister(one, target))
})

export const clear = onSelectors('clear', {}, (program) =>
  program.each('for (const [fd] of selector.getMap()) selector.unregister(fd) // and another one', calls.clear),
)

/** More than there is room for at first. */
const CROWD = 33

/** Rarely: it makes everything slower. */
export const crowd = operation(
  'crowd',
  (program) => (program.world.open.length < 16 ? program.world.open : []),
  {},
  (program, descriptor) => {
    const twins = Array.from({ length: CROWD }, () => program.world.dup(descriptor))
    const line = `for (let i = 0; i < ${CROWD}; i++) selector.register(${descriptor.name}.dup(), EVENT_WRITE) // fd ${twins.map(({ fd }) => fd).join(', ')}`
    program.each(line, (one) => {
      for (const twin of twins) calls.register(one, targetOf(twin, 'end'), EVENT_WRITE, undefined)
    })
    program.happened(descriptor)
  },
)

export const lookUp = operation('lookUp', fileObjects, { naming }, (program, descriptor, { naming }) => {
  const target = targetOf(descriptor, naming)
  program.each(`selector.getKey(${nameOf(target)}), selector.getMap()`, (one) => calls.lookUp(one, target))
})
