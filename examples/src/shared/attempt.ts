import { inspect } from 'node:util'
import type { BaseSelector, SelectorKey } from '@selectors/default'
import type { Socket } from '@selectors/socket'

/**
 * Runs a ready socket's callback. One that throws is reported with its socket, which is unregistered and closed: the
 * callback would throw again and again, while all others wait.
 */
export function attempt<Data>(
  selector: BaseSelector<Data, Socket>,
  { fileobj: socket }: SelectorKey<Data, Socket>,
  callback: (socket: Socket) => void,
): void {
  // A callback may have closed another's socket, which was ready as well.
  if (!selector.getMap().has(socket)) return
  try {
    callback(socket)
  } catch (error) {
    console.error(`the callback of ${inspect(socket, { breakLength: Number.POSITIVE_INFINITY })} failed: ${error}`)
    if (selector.getMap().has(socket)) selector.unregister(socket)
    socket.close()
  }
}
