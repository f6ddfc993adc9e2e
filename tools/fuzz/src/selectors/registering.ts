import type { FileObject, SelectorKey } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import { asks, ofLookingUp, ofModify, ofRegister } from '../model/outcomes.js'
import { Registration } from '../model/registration.js'
import type { Descriptor } from '../world/descriptor.js'
import type { UnderTest } from './under-test.js'

/** How a program names a descriptor: by its end, by its number, or by another object that has the number. */
export interface Target {
  readonly descriptor: Descriptor
  readonly fileobj: FileObject
}

export function register(one: UnderTest, target: Target, events: number, data: unknown): void {
  const { selector, model } = one
  const fd = one.locate(target)
  const outcomes = ofRegister(model, fd, events)
  const key = one.attempt(outcomes, () => selector.register(target.fileobj, events, ...given(data)))
  if (key === undefined) return
  checkKey(key, { fileobj: target.fileobj, fd, events, data })
  model.add(new Registration(key, model.fileAt(key.fd)))
  model.look()
}

export function modify(one: UnderTest, target: Target, events: number, data: unknown): void {
  const { selector, model } = one
  const fd = one.locate(target)
  const old = model.registrations.get(fd ?? -1)
  const asksSystem = old !== undefined && asks(old, events, target.fileobj)
  const outcomes = ofModify(model, fd, events, asksSystem)
  const key = one.attempt(outcomes, () => selector.modify(target.fileobj, events, ...given(data)))
  if (old === undefined) return
  if (key === undefined) {
    // Its state in the kernel is unknown.
    if (outcomes.includes('SystemError')) model.remove(old.key.fd)
    return
  }
  const isSame = events === old.key.events && Object.is(data, old.key.data)
  if (isSame !== (key === old.key))
    throw new Mismatch(isSame ? 'a new key, though nothing changes' : 'the old key, changed')
  checkKey(key, { fileobj: old.key.fileobj, fd, events, data })
  if (asksSystem) model.add(old.renewed(key, model.fileAt(key.fd)))
  else old.key = key
  model.look()
}

export function unregister(one: UnderTest, target: Target): void {
  const { selector, model } = one
  const fd = one.locate(target)
  const old = model.registrations.get(fd ?? -1)
  const key = one.attempt(ofLookingUp(model, fd), () => selector.unregister(target.fileobj))
  if (key !== undefined) {
    if (key !== old?.key) throw new Mismatch('another key than was registered')
    model.remove(key.fd)
  }
}

/** Unregisters all, of which those that are left out were unregistered before their turn. */
export function clear({ selector, model, map }: UnderTest): void {
  const unregister = (fd: number) => {
    selector.unregister(fd)
    model.remove(fd)
  }
  for (const [fd, key] of map) {
    if (model.registrations.get(fd)?.key !== key) throw new Mismatch(`fd ${fd} is visited, which is not registered`)
    unregister(fd)
    const [another] = model.registrations.keys()
    if (another !== undefined) unregister(another)
  }
  if (map.size !== 0 || model.registrations.size !== 0) throw new Mismatch('not all that is registered is visited')
}

/** Asks for one key and for all. */
export function lookUp(one: UnderTest, target: Target): void {
  const { selector, model } = one
  const fd = one.locate(target)
  const expected = model.registrations.get(fd ?? -1)?.key
  const key = one.attempt(ofLookingUp(model, fd), () => selector.getKey(target.fileobj))
  const map = selector.getMap()
  if ('fileno' in selector !== model.supports.fileno) throw new Mismatch('it does not have the fileno() that it says')
  if (map !== one.map) throw new Mismatch('getMap() returns another view')
  if (map.has('' as never) || map.get({} as never) !== undefined)
    throw new Mismatch('getMap() has what is no file object')
  if (['set', 'delete', 'clear'].some((name) => Reflect.get(map, name) !== undefined))
    throw new Mismatch('getMap() can be changed')
  map.forEach((key, fd, visited) => {
    if (visited !== map || map.get(fd) !== key) throw new Mismatch('forEach() visits something else')
  })
  if (key !== expected || map.get(target.fileobj) !== expected) throw new Mismatch('another key than was registered')
  const found = new Set([...map].filter(([number, { fd }]) => number === fd).map(([, found]) => found))
  const keys = [...model.registrations.values()].map(({ key }) => key)
  if (map.size !== keys.length || found.size !== keys.length || !keys.every((one) => found.has(one)))
    throw new Mismatch(`getMap() has ${map.size} other keys than the ${keys.length} that are registered`)
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
