import { type Binding, bindingOf, type NativeBackend } from './native-binding.js'
import type { Poller } from './poller.js'
import type { WakeHandle } from './wake-handle.js'

/** Closes what a collected poller left open. */
const forgotten = new FinalizationRegistry<{ binding: Binding; id: number }>(({ binding, id }) => {
  binding.control[0] = id
  binding.close()
})

/**
 * Loads the binding of a backend and makes a Poller of it.
 *
 * @throws {BackendUnavailableError} on a system that the backend does not exist for, or when its binding cannot be loaded
 */
export function nativePoller(backend: NativeBackend): Poller {
  return new NativePoller(bindingOf(backend), backend)
}

/** Bun has libuv's functions, and ends the process when one is called. */
const hasLibuv = process.versions.bun === undefined

/** What the event loop is to call. It does not hold the poller, which can be forgotten while nothing is armed. */
interface Armed {
  onReady: (() => void) | undefined
}

function callerOf(armed: Armed): () => void {
  return () => {
    const { onReady } = armed
    armed.onReady = undefined
    onReady?.()
  }
}

class NativePoller implements Poller {
  readonly #binding: Binding
  readonly #control: Float64Array
  readonly #backend: NativeBackend
  #armed: Armed | undefined
  #keepAlive = true
  /** Given out by the binding, because several instances of this module may share one. -1 is no object: -EBADF. */
  #id = -1
  #ready: Int32Array | undefined

  constructor(binding: Binding, backend: NativeBackend) {
    this.#binding = binding
    this.#backend = backend
    this.#control = binding.control
  }

  open(): number {
    const id = this.#binding.open()
    if (id < 0) return id
    this.#id = id
    forgotten.register(this, { binding: this.#binding, id }, this)
    return 0
  }

  fileno(): number {
    this.#control[0] = this.#id
    return this.#binding.fileno()
  }

  add(fd: number, events: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    control[2] = events
    return this.#binding.add()
  }

  modify(fd: number, events: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    control[2] = events
    return this.#binding.modify()
  }

  remove(fd: number): number {
    const control = this.#control
    control[0] = this.#id
    control[1] = fd
    return this.#binding.remove()
  }

  wait(timeout: number, ready: Int32Array): number {
    const control = this.#control
    control[0] = this.#id
    if (ready !== this.#ready) {
      const result = this.#binding.attach(ready)
      if (result < 0) return result
      this.#ready = ready
    }
    control[3] = timeout
    return this.#binding.wait()
  }

  close(): number {
    if (this.#id < 0) return 0
    this.#control[0] = this.#id
    this.#id = -1
    forgotten.unregister(this)
    return this.#binding.close()
  }

  wake(): number {
    this.#control[0] = this.#id
    return this.#binding.wake()
  }

  waker(): WakeHandle | number {
    const control = this.#control
    control[0] = this.#id
    const result = this.#binding.publish()
    return result < 0 ? result : { backend: this.#backend.package, token: control[4] as number }
  }

  arm(onReady: () => void): number {
    const control = this.#control
    if (this.#armed === undefined) {
      const armed: Armed = { onReady: undefined }
      control[0] = this.#id
      control[5] = Number(this.#backend.pollable && hasLibuv)
      const result = this.#binding.watch(callerOf(armed))
      if (result < 0) return result
      this.#armed = armed
      this.keepAlive(this.#keepAlive)
    }
    control[0] = this.#id
    const result = this.#binding.arm()
    if (result === 0) this.#armed.onReady = onReady
    return result
  }

  disarm(): number {
    if (this.#armed?.onReady === undefined) return 0
    this.#armed.onReady = undefined
    this.#control[0] = this.#id
    return this.#binding.disarm()
  }

  keepAlive(on: boolean): number {
    this.#keepAlive = on
    if (this.#armed === undefined) return 0
    this.#control[0] = this.#id
    this.#control[5] = Number(on)
    return this.#binding.keepAlive()
  }
}
