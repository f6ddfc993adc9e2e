/** Checked by tsc, never run: what the types allow, and what they do not. */

import nodeTest from 'node:test'
import {
  type BaseSelector,
  EVENT_READ,
  type FileObject,
  type Ready,
  SelectorKey,
  type SelectorMap,
} from '@selectors/core'
import type { Runner } from '@selectors/core/conformance'

type Handler = (fileobj: FileObject, mask: number) => string
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

function same<A, B>(..._proof: Same<A, B> extends true ? [] : [never]): void {}

declare const handlers: BaseSelector<Handler>
declare const handler: Handler
declare const optional: BaseSelector<Handler | undefined>
declare const plain: BaseSelector
declare const sockets: BaseSelector<Handler, { fileno(): number; recv(): string }>
declare const socket: { fileno(): number; recv(): string }

// The type of the data goes from the selector to the key.
for (const [key, mask] of handlers.select()) key.data(key.fileobj, mask).toUpperCase()
same<ReturnType<typeof handlers.select>, Ready<Handler>[]>()
same<ReturnType<typeof handlers.register>['data'], Handler>()
same<ReturnType<typeof handlers.modify>['data'], Handler>()
same<ReturnType<typeof handlers.unregister>['data'], Handler>()
same<ReturnType<typeof handlers.getKey>['data'], Handler>()
same<ReturnType<typeof handlers.getMap>, SelectorMap<Handler>>()
same<ReturnType<typeof plain.getKey>['data'], unknown>()

// Data may be left out where it may be undefined, and only there.
handlers.register(0, EVENT_READ, handler)
// @ts-expect-error
handlers.register(0, EVENT_READ)
// @ts-expect-error
handlers.modify(0, EVENT_READ)
// @ts-expect-error
handlers.register(0, EVENT_READ, 'no handler')
optional.register(0, EVENT_READ)
optional.modify(0, EVENT_READ)
plain.register(0, EVENT_READ)
plain.register(0, EVENT_READ, 'anything')

// So does the type of the file objects, which are looked up by descriptor too.
for (const [key] of sockets.select()) same<ReturnType<typeof key.fileobj.recv>, string>()
sockets.register(socket, EVENT_READ, handler)
sockets.unregister(0)
sockets.modify(0, EVENT_READ, handler)
// @ts-expect-error
sockets.register(0, EVENT_READ, handler)
// @ts-expect-error
plain.register('0', EVENT_READ)
// @ts-expect-error
plain.register({ fileno: () => '0' }, EVENT_READ)
plain.register({ fd: 0 }, EVENT_READ)
plain.register(process.stdin, EVENT_READ)

// Keys and maps cannot be changed, and batches are the caller's.
const key = new SelectorKey(0, 0, EVENT_READ, 'data')
same<typeof key.data, string>()
// @ts-expect-error
key.events = 0
// @ts-expect-error
key.data = 'other'
// @ts-expect-error
plain.getMap().size = 0
// @ts-expect-error
plain.getMap().set(0, key)
plain.select(0).push([key, EVENT_READ])

// Timeouts are numbers or null.
plain.select()
plain.select(null)
plain.select(0.5)
// @ts-expect-error
plain.select('1')
// @ts-expect-error
plain.select(1n)

// Any runner will do.
export const runners: Runner[] = [{ describe, it, beforeEach, afterEach }, nodeTest]
