import { fork } from 'node:child_process'
import { type EventEmitter, on, once } from 'node:events'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WakeHandle } from '../contract/wake-handle.js'
import type { Subject } from './subject.js'

/** What a script of the suite is told: where the class is, and what to do with it. */
export interface Task {
  /** A specifier to import. */
  readonly module: string
  readonly name: string
  /** Descriptors to register, for reading unless `events` says otherwise. */
  readonly fds: readonly number[]
  readonly events?: number
  /** Wait without blocking the thread. */
  readonly asynchronous?: boolean
  /** In seconds. Left out, it is for ever. */
  readonly timeout?: number
  /** A selector of another thread. */
  readonly handle?: WakeHandle
  /** What several threads count in, and how far each does. */
  readonly counter?: Int32Array
  readonly times?: number
  /** What is done with a selector, one after the other. */
  readonly steps?: readonly string[]
}

/** A child process or a worker thread that runs a script. */
export interface Child {
  /** Resolves with the next message, made of this realm's objects. */
  message(): Promise<unknown>
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  /** Ends it, whatever it is doing. */
  close(): Promise<number | null>
}

/** Answers the task for a subject that has a module. */
export function taskFor({ module = '', name }: Subject, fds: readonly number[], timeout?: number): Task {
  const specifier = isAbsolute(module) ? pathToFileURL(module).href : module
  return { module: specifier, name, fds, ...(timeout === undefined ? {} : { timeout }) }
}

/**
 * Runs a script in a child process, until its first message. It has the task's descriptors too, from 4 on; on Windows, where
 * a child is not handed sockets in this way, none.
 */
export async function startScript(
  script: string,
  task?: Task,
  execArgv: string[] = [],
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<Child> {
  const fds = process.platform === 'win32' ? [] : (task?.fds ?? [])
  const inherited = { ...task, fds: fds.map((_, i) => 4 + i) }
  const child = fork(pathOf(script), [JSON.stringify(inherited)], {
    execArgv,
    stdio: ['ignore', 'inherit', stderr, 'ipc', ...fds],
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  // Else a script that fails would leave its test waiting. Deno (2.9.6) may tell the exit before the last message.
  const failed = once(child, 'disconnect').then(async () => new Error(`The script ${script} ended with ${await ended}`))
  const next = messagesOf(child)
  const message = () => Promise.race([next(), failed.then((error) => Promise.reject(error))])
  await message()
  return {
    message,
    ended,
    close() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Runs a script in a worker thread, until its first message. */
export async function startWorker(script: string, task: Task): Promise<Child> {
  const worker = new Worker(pathOf(script), { workerData: task })
  const ended = once(worker, 'exit').then(([code]) => code as number)
  const message = messagesOf(worker)
  await message()
  return { message, ended, close: () => worker.terminate() }
}

/** The messages, one for each call: those that come between two calls are kept. */
function messagesOf(sender: EventEmitter): () => Promise<unknown> {
  const messages = on(sender, 'message')
  return async () => ours((await messages.next()).value[0])
}

/** Returns where a script is. */
export function pathOf(script: string): string {
  return join(__dirname, 'scripts', `${script}.js`)
}

/** Makes a value of this realm's arrays and objects, which a comparison looks at: a runner may have a realm of its own. */
function ours(message: unknown) {
  return JSON.parse(JSON.stringify(message))
}
