import { parentPort } from 'node:worker_threads'

/** Sends a message to what has started this process or worker thread. */
export function send(message: unknown): void {
  if (parentPort === null) process.send?.(message)
  else parentPort.postMessage(message)
}
