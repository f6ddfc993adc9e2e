import { type Socket, socketpair } from '@selectors/socket'
import { DevpollSelector } from './devpoll-selector'

export let selector: DevpollSelector
export let local: Socket
let remote: Socket

/** Makes a selector and two sockets that are connected to each other anew for each test of the group, and closes them. */
export function connectForEach(): void {
  beforeEach(() => {
    selector = new DevpollSelector()
    ;[local, remote] = socketpair()
  })
  afterEach(() => {
    for (const made of [selector, local, remote]) made.close()
  })
}
