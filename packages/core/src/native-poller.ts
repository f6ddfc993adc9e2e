import { BackendUnavailableError } from './errors.js'
import type { Poller } from './poller.js'

/**
 * What `SELECTORS_BACKEND()` of `@selectors/core/native` exports. Its functions take no arguments but find them in
 * `control`, which costs a third of passing three numbers.
 */
interface Binding {
  /** One for each thread: `[id, fd, events, timeout]`, written right before a call, after all code of the caller's. */
  readonly control: Float64Array
  /** Makes a backend object; answers its id, or -errno. */
  open(): number
  fileno(): number
  add(): number
  modify(): number
  remove(): number
  wait(): number
  close(): number
  /** Makes `ready` the buffer that the backend object in `control` writes to. */
  attach(ready: Int32Array): number
}

/** Where the binding of a backend comes from. */
export interface NativeBackend {
  /** The package that holds it, such as `@selectors/epoll`. */
  readonly package: string
  /** The systems that it is for, as an error names them, such as `Linux`. */
  readonly systems: string
  /** This is such a system. */
  readonly exists: boolean
  /** Loads the binding; throws when no binary fits. */
  load(): unknown
}

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
  if (!backend.exists) {
    throw new BackendUnavailableError(
      `${backend.package} works on ${backend.systems} only, not on ${process.platform}: ` +
        'use @selectors/default, which chooses a backend for the system',
    )
  }
  return new NativePoller(bindingOf(backend))
}

/** Each is looked for once: the search takes longer than all the rest of construction, and needs a descriptor. */
const bindings = new WeakMap<NativeBackend, Binding>()

function bindingOf(backend: NativeBackend): Binding {
  try {
    const binding = bindings.get(backend) ?? (backend.load() as Binding)
    bindings.set(backend, binding)
    return binding
  } catch (cause) {
    throw new BackendUnavailableError(
      `The binding of ${backend.package} cannot be loaded on ${process.platform}-${process.arch}: ` +
        `build it from source with \`npm i --no-save node-addon-api && npx node-gyp rebuild -C node_modules/${backend.package}/native\``,
      { cause },
    )
  }
}

class NativePoller implements Poller {
  readonly #binding: Binding
  readonly #control: Float64Array
  /** Given out by the binding, because several instances of this module may share one. -1 is no object: -EBADF. */
  #id = -1
  #ready: Int32Array | undefined

  constructor(binding: Binding) {
    this.#binding = binding
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
}
