import type { SelectorKey } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import { asks, ofLookingUp, ofModify, ofRegister } from '../model/outcomes.js'
import { Registration } from '../model/registration.js'
import type { Descriptor } from '../world/descriptor.js'
import type { UnderTest } from './under-test.js'

/** How a program names a file object: the object, or its number. */
export interface Target {
  readonly descriptor: Descriptor
  readonly byNumber: boolean
}

export function register(one: UnderTest, target: Target, events: number, data: unknown): void {
  const { selector, model } = one
  const fd = locate(one, target)
  const key = one.attempt(ofRegister(model, fd, events), () =>
    selector.register(fileobjOf(target), events, ...given(data)),
  )
  if (key === undefined) return
  checkKey(key, { fileobj: fileobjOf(target), fd, events, data })
  model.registrations.set(key.fd, new Registration(key, model.fileAt(key.fd)))
  model.asked()
  model.look()
}

export function modify(one: UnderTest, target: Target, events: number, data: unknown): void {
  const { selector, model } = one
  const fd = locate(one, target)
  const old = model.registrations.get(fd ?? -1)
  const asksSystem = old !== undefined && asks(old, events, fileobjOf(target))
  const outcomes = ofModify(model, fd, events, asksSystem)
  const key = one.attempt(outcomes, () => selector.modify(fileobjOf(target), events, ...given(data)))
  if (old === undefined) return
  if (key === undefined) {
    // Its state in the kernel is unknown.
    if (outcomes.includes('SystemError')) model.registrations.delete(old.key.fd)
    return
  }
  const isSame = events === old.key.events && Object.is(data, old.key.data)
  if (isSame !== (key === old.key))
    throw new Mismatch(isSame ? 'a new key, though nothing changes' : 'the old key, changed')
  checkKey(key, { fileobj: old.key.fileobj, fd, events, data })
  if (asksSystem) {
    model.registrations.set(key.fd, old.renewed(key, model.fileAt(key.fd)))
    model.asked()
  } else {
    old.key = key
  }
  model.look()
}

export function unregister(one: UnderTest, target: Target): void {
  const { selector, model } = one
  const fd = locate(one, target)
  const old = model.registrations.get(fd ?? -1)
  const key = one.attempt(ofLookingUp(model, fd), () => selector.unregister(fileobjOf(target)))
  if (key !== undefined) {
    if (key !== old?.key) throw new Mismatch('another key than was registered')
    model.registrations.delete(key.fd)
    model.asked()
  }
}

/** Asks for one key and for all. */
export function lookUp(one: UnderTest, target: Target): void {
  const { selector, model } = one
  const fd = locate(one, target)
  const expected = model.registrations.get(fd ?? -1)?.key
  const key = one.attempt(ofLookingUp(model, fd), () => selector.getKey(fileobjOf(target)))
  const map = selector.getMap()
  if (map !== one.map) throw new Mismatch('getMap() returns another view')
  if (key !== expected || map.get(fileobjOf(target)) !== expected) throw new Mismatch('another key than was registered')
  const found = new Set([...map].filter(([number, { fd }]) => number === fd).map(([, found]) => found))
  const keys = [...model.registrations.values()].map(({ key }) => key)
  if (map.size !== keys.length || found.size !== keys.length || !keys.every((one) => found.has(one)))
    throw new Mismatch(`getMap() has ${map.size} other keys than the ${keys.length} that are registered`)
}

function locate(one: UnderTest, { descriptor, byNumber }: Target): number | undefined {
  return one.locate(descriptor, byNumber)
}

function fileobjOf({ descriptor, byNumber }: Target) {
  return byNumber ? descriptor.fd : descriptor.end
}

/** What is undefined is left out. */
function given(data: unknown): [data?: unknown] {
  return data === undefined ? [] : [data]
}

function checkKey(key: SelectorKey, expected: Record<keyof SelectorKey, unknown>): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = key[name as keyof SelectorKey]
    if (!Object.is(found, value)) throw new Mismatch(`the key's ${name} is ${found}, not ${value}`)
  }
}
