// Not run, but compiled: what users write must type-check, and what they must not write must not.
import {
  type BackendReport,
  type BackendStatus,
  BaseSelector,
  backends,
  DefaultSelector,
  EVENT_READ,
  type FileObject,
  type Ready,
  type SelectorClass,
  type SelectorKey,
  type Supports,
} from '@selectors/default'
import { type Backend, registerBackend } from '@selectors/default/registry'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import type { Socket } from '@selectors/socket'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(..._proof: Equal<A, B> extends true ? [] : [never]): void {}

type Handler = (socket: Socket, mask: number) => void
declare const socket: Socket
declare const handler: Handler

export function dataAndFileFlowIntoTheKey(): void {
  using selector = new DefaultSelector<Handler, Socket>()
  const key = selector.register(socket, EVENT_READ, handler)
  same<typeof key, SelectorKey<Handler, Socket>>()
  for (const [{ data, fileobj }, mask] of selector.select(1.5)) data(fileobj, mask)
  // @ts-expect-error data is required
  selector.register(socket, EVENT_READ)
  // @ts-expect-error and a Handler
  selector.register(socket, EVENT_READ, 'data')
  // @ts-expect-error the file object is a Socket
  selector.register(0, EVENT_READ, handler)
}

export function theDefaultsAreWide(): void {
  const selector = new DefaultSelector()
  same<typeof selector, DefaultSelector<unknown, FileObject>>()
  const base: BaseSelector = selector
  base.close()
  const key = selector.register(0, EVENT_READ)
  same<typeof key.data, unknown>()
}

export function theNameIsATypeToo(selector: DefaultSelector<Handler>): DefaultSelector<Handler, FileObject> {
  let later: DefaultSelector<Handler> | undefined
  later = new DefaultSelector<Handler>()
  later = selector
  later = new PollSelector<Handler>()
  return later
}

export function onlyTheContractIsKnown(selector: DefaultSelector): void {
  same<typeof DefaultSelector.supports, Supports>()
  // @ts-expect-error not every backend has it
  selector.fileno()
  if (selector instanceof EpollSelector) selector.fileno()
  // @ts-expect-error it is chosen once
  DefaultSelector.supports = EpollSelector.supports
}

export class Logging<Data> extends DefaultSelector<Data, Socket> {
  override select(timeout?: number | null): Ready<Data, Socket>[] {
    return super.select(timeout)
  }
}

export const classes: readonly SelectorClass[] = [EpollSelector, PollSelector, SelectSelector, DefaultSelector]
// @ts-expect-error abstract
export const abstract: SelectorClass = BaseSelector

export function reportsAreReadOnly(): void {
  same<ReturnType<typeof backends>, readonly BackendReport[]>()
  for (const { name, package: holder, status, reason, error } of backends()) {
    same<typeof name, string>()
    same<typeof holder, string | undefined>()
    same<typeof status, BackendStatus>()
    same<typeof reason, string | undefined>()
    same<typeof error, unknown>()
  }
  // @ts-expect-error
  backends()[0].status = 'chosen'
}

export function aBackendIsANameAndAClass(): void {
  const backend: Backend = { name: 'acme', load: () => EpollSelector }
  registerBackend(backend)
  registerBackend({ name: 'last', position: 'last', load: () => require('@acme/selectors-last') })
  // @ts-expect-error no selector class
  registerBackend({ name: 'none', load: () => class {} })
  // @ts-expect-error no such position
  registerBackend({ name: 'none', position: 'middle', load: () => EpollSelector })
  // @ts-expect-error it answers at once
  registerBackend({ name: 'none', load: async () => EpollSelector })
}
