import { fork } from 'node:child_process'
import { once } from 'node:events'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { WakeHandle } from '../contract/wake-handle.js'
import type { Subject } from './subject.js'
import { watchChild } from './watchdog.js'

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
  /** Seconds in which the event loop runs before. */
  readonly pause?: number
  /** Leave something to be done to the event loop before. */
  readonly leavesBehind?: boolean
  /** In seconds; if left out, for ever. */
  readonly timeout?: number
  /** A selector of another thread. */
  readonly handle?: WakeHandle
  /** Where several threads count, and how far each of them counts. */
  readonly counter?: Int32Array
  readonly times?: number
  /** What is done with a selector, one step after another. */
  readonly steps?: readonly string[]
}

/** A child process or worker thread that runs a script. */
export interface Child {
  /** Resolves with the next message, made of this realm's objects. */
  message(): Promise<unknown>
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  /** Ends it, whatever it is doing. */
  close(): Promise<number | null>
}

/** Receives each child before it has started, so that it is ended even if it never starts. */
type Keep = (child: Child) => Child

const keepNone: Keep = (child) => child

/** Returns the task for a subject that has a module. */
export function taskFor({ module = '', name }: Subject, fds: readonly number[], timeout?: number): Task {
  const specifier = isAbsolute(module) ? pathToFileURL(module).href : module
  return { module: specifier, name, fds, ...(timeout === undefined ? {} : { timeout }) }
}

/**
 * Runs a script in a child process, until its first message. It has the task's descriptors too, from 4 on; on Windows, where
 * sockets are not passed to a child in this way, it has none.
 */
export async function startScript(
  script: string,
  task?: Task,
  execArgv: string[] = [],
  stderr: 'inherit' | 'ignore' = 'inherit',
  keep: Keep = keepNone,
): Promise<Child> {
  const started = keep(forkScript(script, task, execArgv, stderr))
  await started.message()
  return started
}

/** Runs a script in a child process as {@link startScript} does, but does not wait for its first message. */
export function forkScript(
  script: string,
  task?: Task,
  execArgv: string[] = [],
  stderr: 'inherit' | 'ignore' = 'inherit',
): Child {
  const fds = process.platform === 'win32' ? [] : (task?.fds ?? [])
  const inherited = { ...task, fds: fds.map((_, i) => 4 + i) }
  const child = fork(pathOf(script), [JSON.stringify(inherited)], {
    execArgv,
    stdio: ['ignore', 'inherit', stderr, 'ipc', ...fds],
  })
  const unwatch = watchChild(child.pid ?? 0)
  const mailbox = new Mailbox()
  const ended = once(child, 'exit').then(([code]) => {
    unwatch()
    return code as number | null
  })
  child.on('message', (message) => mailbox.put(message))
  // Deno (2.9.6) may report the exit before the last message.
  child.once('disconnect', async () => mailbox.end(new Error(`The script ${script} ended with ${await ended}`)))
  const close = () => {
    child.kill('SIGKILL')
    return ended
  }
  return { message: () => mailbox.take(), ended, close }
}

/** Runs a script in a worker thread, until its first message. */
export async function startWorker(script: string, task: Task, keep: Keep = keepNone): Promise<Child> {
  const worker = new Worker(pathOf(script), { workerData: task })
  const mailbox = new Mailbox()
  worker.on('message', (message) => mailbox.put(message))
  worker.once('error', (error) => mailbox.end(error))
  const ended = new Promise<number>((resolve) => {
    worker.once('exit', (code) => {
      mailbox.end(new Error(`The script ${script} ended with ${code}`))
      resolve(code)
    })
  })
  const started = keep({ message: () => mailbox.take(), ended, close: () => worker.terminate() })
  await started.message()
  return started
}

/** Returns where a script is. */
export function pathOf(script: string): string {
  return join(__dirname, 'scripts', `${script}.js`)
}

/** Messages that are taken one by one, some of which arrive before they are asked for. */
class Mailbox {
  readonly #messages: unknown[] = []
  #error: unknown
  #changed = () => {}

  put(message: unknown): void {
    this.#messages.push(ours(message))
    this.#changed()
  }

  /** Says why no more will come. */
  end(error: unknown): void {
    this.#error ??= error
    this.#changed()
  }

  async take(): Promise<unknown> {
    while (this.#messages.length === 0) {
      if (this.#error !== undefined) throw this.#error
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
    return this.#messages.shift()
  }
}

/** Copies a value into this realm's arrays and objects, which a comparison looks at: a runner may have a realm of its own. */
function ours(message: unknown) {
  return JSON.parse(JSON.stringify(message))
}
