import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'

const classes = { epoll: EpollSelector, poll: PollSelector, select: SelectSelector }

export type Mechanism = keyof typeof classes

export type Selector<Data> = EpollSelector<Data> | PollSelector<Data> | SelectSelector<Data>

export const mechanisms = Object.keys(classes) as Mechanism[]

/** Makes a selector on a mechanism. */
export function create<Data = undefined>(mechanism: string): Selector<Data> {
  return new classes[mechanism as Mechanism]<Data>()
}
