const { EDGE_TRIGGERED, EVENT_PRIORITY, EVENT_READ, ONE_SHOT } = require('@selectors/core')
const { SHORT, simplified, watching } = require('./prepare.cjs')

/** Of something to read. */
const ready = (events) => ({
  syscall: 'selectAsync',
  needs: (supports) => (events & (supports.events | supports.modes)) === events,
  prepare: (Selector) => watching(Selector, { text: 'x', events }),
  act: async ({ selector }) => simplified(await selector.selectAsync()),
})

module.exports = {
  'selectAsync() of what is ready': ready(EVENT_READ),
  'selectAsync() by a thread': ready(EVENT_READ | EVENT_PRIORITY),
  'selectAsync() of a shot': ready(EVENT_READ | ONE_SHOT),
  'selectAsync() of an edge': ready(EVENT_READ | EDGE_TRIGGERED),
  'selectAsync() of what becomes ready': {
    syscall: 'selectAsync',
    prepare: watching,
    act: async ({ selector, remote }) => {
      const wait = selector.selectAsync()
      setTimeout(() => remote.send('x'), 2)
      return simplified(await wait)
    },
  },
  'selectAsync() in vain': {
    syscall: 'selectAsync',
    prepare: watching,
    act: async ({ selector }) => simplified(await selector.selectAsync({ timeout: SHORT })),
  },
  'for await': {
    syscall: 'selectAsync',
    prepare: (Selector) => watching(Selector, { text: 'x' }),
    act: async ({ selector }) => {
      for await (const [, mask] of selector) return mask
    },
  },
}
