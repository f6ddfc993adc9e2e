import { constants } from 'node:os'
import type { SelectorOptions } from '../contract/options.js'
import { checkOptions } from '../contract/ready.js'
import { notSupported } from '../contract/refusals.js'
import type { WakeHandle } from '../contract/wake-handle.js'
import type { Poller } from '../poller.js'
import { Alarm } from './alarm.js'
import { type Binding, bindingOf, type NativeBackend } from './native-binding.js'

const { EBUSY } = constants.errno

/** Closes what a collected poller left open, without disturbing a call that is being prepared. */
const forgotten = new FinalizationRegistry<{ binding: Binding; id: number }>(({ binding, id }) => {
  const { control, answer } = binding
  const [prepared, answered] = [control[0] as number, answer[0] as number]
  control[0] = id
  binding.close()
  control[0] = prepared
  answer[0] = answered
})

/**
 * Loads the binding of a backend and makes a Poller of it.
 *
 * @param options what the caller gave to the constructor of the selector
 * @throws {ValueError} if the options are not an object
 * @throws {SystemError} ENOTSUP when it is to take any descriptor, and cannot
 * @throws {BackendUnavailableError} on a system that the backend does not exist for, or when its binding cannot be loaded
 */
export function nativePoller(backend: NativeBackend, options: SelectorOptions = {}): Poller {
  const { anyDescriptor = false, decorate } = checkOptions(options, '{ anyDescriptor: true }')
  if (anyDescriptor && !backend.supports.anyDescriptor) throw notSupported('anyDescriptor')
  const poller = new NativePoller(bindingOf(backend), backend, anyDescriptor)
  return decorate === undefined ? poller : decorate(poller)
}

const { bun, deno } = process.versions

/** Returns what the event loop may be asked for, in the bits of selectors/internal/alarm.h. */
function loopOf({ supports }: NativeBackend): number {
  const [TELLS_OF_ITS_TURNS, POLLS_THE_QUEUE, CAN_BE_WATCHED] = [1, 2, 4]
  // It polls a descriptor once only (2.9.6), in a thread of its own that looks every 10 ms, see
  // https://github.com/denoland/deno/issues/36317, and has no uv_prepare_t.
  if (deno !== undefined) return 0
  // It has all of libuv's functions (1.4.5), but most end the process when they are called.
  if (bun !== undefined) return TELLS_OF_ITS_TURNS
  return TELLS_OF_ITS_TURNS | CAN_BE_WATCHED | (supports.pollable ? POLLS_THE_QUEUE : 0)
}

/**
 * A debugger may evaluate something whenever a function is entered, so none is between the first number that is written to `control` and
 * the call of the binding.
 */
class NativePoller implements Poller {
  readonly #binding: Binding
  readonly #control: Int32Array
  readonly #timeout: Float64Array
  readonly #answer: Int32Array
  readonly #backend: NativeBackend
  readonly #anyDescriptor: boolean
  /** Made on first use. */
  #alarm: Alarm | undefined
  #keepAlive = true
  /** Given out by the binding, because several instances of this module may share one. -1 is no object: -EBADF. */
  #id = -1
  #ready: Int32Array | undefined
  /** What it had when it was attached: none, once its memory was transferred. */
  #readyLength = 0

  constructor(binding: Binding, backend: NativeBackend, anyDescriptor: boolean) {
    this.#binding = binding
    this.#backend = backend
    this.#anyDescriptor = anyDescriptor
    this.#control = binding.control
    this.#timeout = binding.timeout
    this.#answer = binding.answer
  }

  open(): number {
    // First, because it may be patched, and throw.
    const left = { binding: this.#binding, id: this.#id }
    forgotten.register(this, left, this)
    this.#control[2] = loopOf(this.#backend)
    this.#control[3] = Number(this.#anyDescriptor)
    this.#binding.open()
    const id = this.#answer[0] as number
    if (id < 0) return id
    this.#id = id
    left.id = id
    return 0
  }

  fileno(): number {
    this.#control[0] = this.#id
    this.#binding.fileno()
    return this.#answer[0] as number
  }

  add(fd: number, events: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    control[2] = events
    this.#binding.add()
    return this.#answer[0] as number
  }

  modify(fd: number, events: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    control[2] = events
    this.#binding.modify()
    return this.#answer[0] as number
  }

  remove(fd: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    this.#binding.remove()
    return this.#answer[0] as number
  }

  wait(timeout: number, ready: Int32Array): number {
    const control = this.#control
    control[0] = this.#id
    if (ready !== this.#ready || ready.length !== this.#readyLength) {
      this.#binding.attach(ready)
      const result = this.#answer[0] as number
      if (result < 0) return result
      this.#ready = ready
      this.#readyLength = ready.length
    }
    this.#timeout[0] = timeout
    this.#binding.wait()
    return this.#answer[0] as number
  }

  close(): number {
    if (this.#id < 0) return 0
    this.#control[0] = this.#id
    this.#binding.close()
    const result = this.#answer[0] as number
    // From under its own wait: it stays open.
    if (result === -EBUSY) return result
    this.#id = -1
    forgotten.unregister(this)
    return result
  }

  wake(): number {
    this.#control[0] = this.#id
    this.#binding.wake()
    return this.#answer[0] as number
  }

  lost(): number {
    this.#control[0] = this.#id
    this.#binding.lost()
    return this.#answer[0] as number
  }

  waker(): WakeHandle | number {
    const control = this.#control
    control[0] = this.#id
    this.#binding.publish()
    const result = this.#answer[0] as number
    return result < 0 ? result : { backend: this.#backend.package, token: this.#binding.token[0] as number }
  }

  arm(onReady: () => void): number {
    const control = this.#control
    if (this.#alarm === undefined) {
      const alarm = new Alarm(this.#binding, this.#id, this.#keepAlive)
      const loop = loopOf(this.#backend)
      control[0] = this.#id
      control[3] = loop
      this.#binding.setAlarm(alarm.goOff)
      const result = this.#answer[0] as number
      if (result < 0) return result
      this.#alarm = alarm
      this.keepAlive(this.#keepAlive)
    }
    control[0] = this.#id
    this.#binding.arm()
    const result = this.#answer[0] as number
    if (result < 0) return result
    this.#alarm.arm(onReady, result > 0)
    return 0
  }

  disarm(goesOff = false): number {
    if (this.#alarm === undefined || this.#alarm.isIdle) return 0
    this.#alarm.disarm(goesOff)
    return this.#answer[0] as number
  }

  keepAlive(on: boolean): number {
    this.#keepAlive = on
    if (this.#alarm === undefined) return 0
    this.#alarm.keepAlive(on)
    this.#control[0] = this.#id
    this.#control[3] = Number(on)
    this.#binding.keepAlive()
    return this.#answer[0] as number
  }
}
