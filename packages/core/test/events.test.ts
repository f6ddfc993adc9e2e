import {
  checkEvents,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EXCLUSIVE,
  ONE_SHOT,
} from '@selectors/core'

const NOBODYS = 1 << 20

it('says who has what a selector lacks: the first of several', () => {
  expect(() => checkEvents(EVENT_READ | EVENT_PRIORITY | EVENT_HANGUP | ONE_SHOT)).toThrow(
    /^Invalid events 33751041: this selector does not have EVENT_PRIORITY on .*, only epoll, poll, /,
  )
  expect(() => checkEvents(EVENT_READ | ONE_SHOT, undefined, 'MySelector')).toThrow(
    /MySelector does not have ONE_SHOT on /,
  )
})

it.each([NOBODYS, NOBODYS | EVENT_PRIORITY, NOBODYS | EVENT_PRIORITY | EVENT_HANGUP, 4, 2 ** 31, 1.5, 2 ** 32])(
  'does not say so of %p, which nobody has',
  (events) => {
    expect(() => checkEvents(EVENT_READ + events)).toThrow(/expected EVENT_READ, EVENT_WRITE or both, or other EVENT_/)
  },
)

it('names what EXCLUSIVE does not go with', () => {
  const all = { events: EVENT_READ | EVENT_HANGUP | EVENT_ERROR, modes: EXCLUSIVE | ONE_SHOT }
  const events = EVENT_READ | EXCLUSIVE | EVENT_HANGUP | ONE_SHOT
  expect(() => checkEvents(events, all)).toThrow(/ only, not with EVENT_HANGUP and ONE_SHOT$/)
})
