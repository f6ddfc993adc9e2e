/** Who waits for the abortion of one signal. Node warns of more than ten listeners: they have one in common. */
class Abortion {
  readonly #signal: AbortSignal
  readonly #listeners = new Set<() => void>()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  add(listener: () => void): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener('abort', this.#tell)
    this.#listeners.add(listener)
  }

  delete(listener: () => void): void {
    if (this.#listeners.delete(listener) && this.#listeners.size === 0) {
      this.#signal.removeEventListener('abort', this.#tell)
    }
  }

  readonly #tell = (): void => {
    // One may have another stop.
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener()
  }
}

const abortions = new WeakMap<AbortSignal, Abortion>()

/**
 * Calls a listener when a signal is aborted, until it is told to stop. However many listeners there are, the signal has one, and none
 * once all have stopped.
 *
 * @param listener added once only; must not throw
 * @returns stops it; may be called twice
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const abortion = abortions.get(signal) ?? new Abortion(signal)
  abortions.set(signal, abortion)
  abortion.add(listener)
  return () => abortion.delete(listener)
}
