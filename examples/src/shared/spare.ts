// The number of descriptors that a process may have is limited (`ulimit -n`). When none is left for accept(), the connection stays
// where it is and the listener stays ready: a server that gives up has been ended by its clients, and one that only tries again
// spins. This one takes the connection all the same, and closes it: the client is told at once, and the others are served.
import { AF_INET, SOCK_DGRAM, Socket, SocketError } from '@selectors/socket'

/** The errors of accept() when the process, the machine or its memory has no room for another socket. */
const SHORTAGE = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']

/** How long to leave a machine alone that has no descriptor even for this, in milliseconds. */
const PAUSE = 10

let spare: Socket | undefined

/** Holds a descriptor, to have one when no other is left. */
export function holdSpare(): void {
  try {
    spare ??= new Socket(AF_INET, SOCK_DGRAM)
  } catch (error) {
    if (!isShortage(error)) throw error
  }
}

/** Takes the next connection by means of the spare descriptor, and closes it. */
export function turnAway(listener: Socket): void {
  spare?.close()
  spare = undefined
  try {
    listener.accept()[0].close()
    console.error('turned a connection away: no descriptor is left')
  } catch (error) {
    if (isShortage(error)) pause()
    else if (!(error instanceof SocketError)) throw error
  } finally {
    holdSpare()
  }
}

/** Whether a call failed because there is no descriptor, or no memory for one. */
export function isShortage(error: unknown): boolean {
  return SHORTAGE.includes(String((error as NodeJS.ErrnoException).code))
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
}
