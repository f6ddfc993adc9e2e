import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EDGE_TRIGGERED, EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EXCLUSIVE, ONE_SHOT } from '@selectors/core'
import { DevpollSelector } from '@selectors/devpoll'
import { EpollSelector } from '@selectors/epoll'
import { KqueueSelector } from '@selectors/kqueue'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'

/** In the order of the columns, on a system where kqueue is an emulation, which has urgent data as macOS has. */
const columns = [EpollSelector, KqueueSelector, DevpollSelector, PollSelector, SelectSelector]
const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8')

const bits = { EVENT_PRIORITY, EVENT_HANGUP, EVENT_ERROR, ONE_SHOT, EDGE_TRIGGERED, EXCLUSIVE }

it.each(Object.entries(bits))('the README says who has %s', (name, bit) => {
  const line = readme.split('\n').find((row) => row.startsWith('| `') && row.includes(`\`${name}\``)) ?? ''
  const said = line
    .split('|')
    .slice(2, 7)
    .map((cell) => !cell.trim().startsWith('no'))
  expect(said).toEqual(columns.map(({ supports }) => ((supports.events | supports.modes) & bit) !== 0))
})
