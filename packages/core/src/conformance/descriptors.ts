import { isOpen } from '../contract/open-file.js'

/** The numbers of the descriptors that are open in this process, of those that a test comes to; all, where nothing tells. */
export function openDescriptors(): number[] {
  return Array.from({ length: 1024 }, (_, fd) => fd).filter(isOpen)
}

/**
 * Has the runtime open now what it opens once: Deno (2.9.6) opens a pair of sockets for its signals with the first listener, or
 * half a second after its start.
 */
export function openSignalSockets(): void {
  const listener = () => {}
  process.on('SIGHUP', listener).off('SIGHUP', listener)
}
