// Not run, but compiled: what users write must type-check, and what they must not write must not.
import type { spawn } from 'node:child_process'
import type { Server } from 'node:net'
import {
  type BackendReport,
  type BackendStatus,
  BaseSelector,
  backends,
  DefaultSelector,
  EVENT_READ,
  type FileObject,
  type NodeFile,
  nodeFile,
  type Ready,
  type SelectorClass,
  type SelectorKey,
  type Supports,
  type WakeHandle,
  waitReadable,
  waitWritable,
  wake,
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

export async function oneWaitIsABoolean(signal: AbortSignal): Promise<void> {
  const ready = await waitReadable(socket, { timeout: 1.5, signal })
  same<typeof ready, boolean>()
  await waitWritable(0)
  await waitWritable(process.stdout, { timeout: null })
  // @ts-expect-error no file object
  await waitReadable('file')
  // @ts-expect-error seconds are a number
  await waitReadable(0, { timeout: '1' })
}

export function aHandleCanBePosted(selector: DefaultSelector): void {
  const handle = selector.waker()
  same<typeof handle, WakeHandle>()
  same<ReturnType<typeof wake>, boolean>()
  wake(structuredClone(handle))
  // @ts-expect-error not the selector itself
  wake(selector)
}

export function nodeObjectsBecomeFileObjects(server: Server, child: ReturnType<typeof spawn>): void {
  const selector = new DefaultSelector<undefined, NodeFile<Server>>()
  const { fileobj } = selector.register(nodeFile(server), EVENT_READ)
  same<typeof fileobj.object, Server>()
  if (child.stdout) new DefaultSelector().register(nodeFile(child.stdout), EVENT_READ)
  nodeFile(process.stdin).fileno()
  // @ts-expect-error it may have none
  nodeFile(child.stdout)
  // @ts-expect-error it is a file object already
  nodeFile(socket)
}
