import { EventEmitter, on } from 'node:events'
import { fstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import { Worker } from 'node:worker_threads'
import { AF_INET, type InetAddress, Socket } from '@selectors/socket'

/** Files that a test opens, closed after it. */
export class Closing {
  readonly #open: { close(): void }[] = []

  /** Remembers files to close, and answers the same. */
  add<T extends { close(): void } | readonly { close(): void }[]>(files: T): T {
    this.#open.push(...(Array.isArray(files) ? files : [files]))
    return files
  }

  /** A TCP listener on a free port of the loopback interface. */
  listener(backlog?: number): Socket<InetAddress> {
    const listener = this.add(new Socket(AF_INET))
    listener.bind(['127.0.0.1', 0])
    listener.listen(backlog)
    return listener
  }

  /** A connected pair of TCP sockets. */
  tcp(): [client: Socket<InetAddress>, server: Socket<InetAddress>] {
    const listener = this.listener()
    const client = this.add(new Socket(AF_INET))
    client.connect(listener.getSockName())
    return [client, this.add(listener.accept()[0])]
  }

  close(): void {
    for (const file of this.#open.splice(0)) file.close()
  }
}

/** Calls with a temporary directory that is removed afterwards. */
export function inDirectory(call: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'socket-'))
  try {
    call(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

const entry = JSON.stringify(require.resolve('@selectors/socket'))

/**
 * Runs a program in a worker, where `post` tells something and all of `@selectors/socket` is there by name. Resolves when
 * the worker has told the first thing, to a function that resolves to the next one with each call.
 */
export async function inWorker(program: string): Promise<() => Promise<unknown>> {
  const names = 'Socket, PipeEnd, pipe, socketpair'
  const start = `const { ${names} } = require(${entry}); const { parentPort } = require('node:worker_threads')
    const post = (message) => parentPort.postMessage(message)
    const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);`
  const worker = new Worker(start + program, { eval: true })
  const told = new EventEmitter()
  worker.on('message', (message) => told.emit('message', message))
  // An error can overtake messages, which come by another port; the end of the thread cannot.
  worker.on('error', (error) => worker.once('exit', () => told.emit('error', error)))
  // From the beginning, and for all of them: what comes between two calls is kept.
  const messages = on(told, 'message')
  const next = async () => (await messages.next()).value[0]
  await next()
  return next
}

/** What a call throws, as plain properties; an empty object when it throws nothing. */
export function thrown(call: () => unknown): Record<string, unknown> {
  try {
    call()
  } catch (error) {
    const { name, message } = error as Error
    return { ...(error as object), name, message }
  }
  return {}
}

/** The number that Node's own errors of this name have. */
export function errnoOf(code: string): number | undefined {
  return [...getSystemErrorMap()].find(([, [name]]) => name === code)?.[0]
}

/** The numbers of this process's open descriptors, of those that its tests come to. */
export function openDescriptors(): number[] {
  return Array.from({ length: 1024 }, (_, fd) => fd).filter((fd) => thrown(() => fstatSync(fd)).code === undefined)
}

/** Those that are open now and were not before; the collector may have closed others. */
export function openedSince(before: readonly number[]): number[] {
  return openDescriptors().filter((fd) => !before.includes(fd))
}

/** Whether a descriptor is closed on exec, where `system.descriptorFlags` are there. */
export function isCloseOnExec(fd: number): boolean {
  const [, flags = ''] = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? []
  return (Number.parseInt(flags, 8) & 0o2000000) !== 0
}

/** Fills a non-blocking file object until it takes no more: how many bytes went in. */
export function fill(write: (data: Uint8Array) => number): number {
  const chunk = Buffer.alloc(65536)
  for (let total = 0; ; ) {
    try {
      total += write(chunk)
    } catch (error) {
      if ((error as { code?: string }).code === 'EAGAIN') return total
      throw error
    }
  }
}
