import { type BindingSource, isBuilt, LoadFailure, loadBinding } from '../binding/load-binding.js'
import { BackendUnavailableError, SystemError } from '../contract/errors.js'
import type { Mechanism } from '../contract/mechanism.js'

/**
 * What `SELECTORS_BACKEND()` of `@selectors/core/native` exports. Its functions find their arguments in arrays, and leave
 * their result in one: passing three numbers would make a call take three times as long. There is one of each array for each
 * thread, written right before a call, after all code of the caller's.
 */
export interface Binding {
  /** The package that it belongs to. */
  readonly package: string
  /** The interface that it has, see INTERFACE. */
  readonly version: number
  /** `[id, fd, events, flag]` */
  readonly control: Int32Array
  /** `[seconds]` */
  readonly timeout: Float64Array
  /** `[token]` */
  readonly token: Float64Array
  /** `[result]`, which may be -errno. */
  readonly answer: Int32Array
  /** Makes a backend object, which takes any descriptor as `flag` says; `events` says what the event loop may be asked for; its result is its id. */
  open(): void
  fileno(): void
  add(): void
  modify(): void
  remove(): void
  wait(): void
  close(): void
  /** Makes `ready` the buffer that the backend object writes to. */
  attach(ready: Int32Array): void
  /** Makes `onReady` what is called when it was armed; `flag` says what the event loop may be asked for. */
  setAlarm(onReady: () => void): void
  /** The result is 1 if it armed nothing because `onReady` can be called in the next turn of the event loop. */
  arm(): void
  /** Says by `flag` that the wait is not over: `onReady` is called instead of by the binding. */
  disarm(): void
  /** As `flag` says. */
  keepAlive(): void
  wake(): void
  /** Says which of its own descriptors somebody else has closed, or -ENOENT. */
  lost(): void
  /** Writes the token under which other threads find this object. */
  publish(): void
  /** Wakes the object that `token` stands for; the result is 1, or 0 if it is closed. */
  wakePublished(): void
}

/**
 * The number of this interface. It is raised together with `kInterface` of selectors/binding.h, whenever a binding that was
 * built before does not fit any more.
 */
const INTERFACE = 1

/** A backend whose Poller is a binding: what it is, where it works, and where the binding comes from. */
export interface NativeBackend extends Mechanism {
  /** The package that holds it, such as `@selectors/epoll`, as `SELECTORS_BACKEND()` in its binding says too. */
  readonly package: string
  /** The systems that it is for, as an error names them, such as `Linux`. */
  readonly systems: string
  /** This is such a system. Elsewhere it works only where it was built, over a library that stands in for the kernel. */
  readonly exists: boolean
  /**
   * Returns the directory that holds `binding.gyp`, `build` and `prebuilds`. A method that returns
   * `${__dirname}/../native` is what tools that trace files (`@vercel/nft`, `@vercel/ncc`) follow; an arrow function is not.
   */
  directory(): string
}

/** Each is looked for once: the search takes longer than all the rest of construction. */
const bindings = new WeakMap<NativeBackend, Binding>()

/**
 * Loads the binding of a backend, once.
 *
 * @throws {BackendUnavailableError} on a system that the backend does not exist for, or when its binding cannot be loaded
 * @throws {SystemError} EMFILE or ENFILE when no descriptor is left to load it with
 */
export function bindingOf(backend: NativeBackend): Binding {
  const known = bindings.get(backend)
  if (known !== undefined) return known
  const source: BindingSource = {
    package: backend.package,
    version: INTERFACE,
    directory: () => backend.directory(),
  }
  if (!backend.exists && !isBuilt(source)) {
    throw new BackendUnavailableError(
      `${backend.package} works on ${backend.systems} only, not on ${process.platform}: ` +
        'use @selectors/default, which chooses a backend for the system',
    )
  }
  try {
    const binding = loadBinding(source) as Binding
    bindings.set(backend, binding)
    return binding
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error
    const { message, cause, errno } = error
    if (errno !== undefined) throw new SystemError(errno, 'open', message)
    throw new BackendUnavailableError(message, { cause })
  }
}
