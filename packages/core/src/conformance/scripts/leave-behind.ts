import { MessageChannel } from 'node:worker_threads'

/** Leaves something to be done to this thread's event loop, which does not get to it while the thread is blocked. */
export function leaveBehind(): void {
  const { port1, port2 } = new MessageChannel()
  port2.once('message', () => port2.close())
  port1.postMessage('later')
}
