import type * as devpoll from '@selectors/devpoll'

/** The class as it is published, over the emulated /dev/poll where the system has none. */
export const { DevpollSelector } = require('./fixtures/emulated.cjs') as typeof devpoll
export type DevpollSelector = devpoll.DevpollSelector
