const { EVENT_READ } = require('@selectors/core')
const { EXACT, openFile, SHORT, simplified, stale, waiting, watching, watchingFile } = require('./prepare.cjs')

const forSeconds =
  (seconds) =>
  ({ selector }) =>
    simplified(selector.select(seconds))

module.exports = {
  'select() of what is ready': {
    syscall: 'wait',
    prepare: (Selector) => watching(Selector, { text: 'x' }),
    act: forSeconds(1),
  },
  'select() in vain': { syscall: 'wait', prepare: watching, act: forSeconds(SHORT) },
  'select() in vain, exactly': { syscall: 'wait', prepare: watching, act: forSeconds(EXACT) },
  'select() of a regular file': { syscall: 'wait', prepare: watchingFile, act: forSeconds(1) },
  'select() of a stale registration': { syscall: 'wait', prepare: stale, act: forSeconds(SHORT) },
  'select() of a stale registration, with what is ready': {
    syscall: 'wait',
    prepare: (Selector) => stale(Selector, { text: 'x' }),
    act: forSeconds(SHORT),
  },
  'select() of a stale registration, with a queue and a beacon': {
    syscall: 'wait',
    prepare: (Selector) => {
      const file = openFile()
      const state = stale(Selector, { options: { anyDescriptor: true } })
      state.selector.register(file, EVENT_READ)
      state.selector.fileno?.()
      return { ...state, files: [...state.files, file] }
    },
    act: forSeconds(SHORT),
  },
  'select() with a wake-up': {
    syscall: 'wait',
    prepare: (Selector) => {
      const state = watching(Selector)
      state.selector.wakeup()
      return state
    },
    act: forSeconds(1),
  },
  'select() with a wake-up, during a wait': {
    syscall: 'wait',
    prepare: (Selector) => {
      const state = waiting(Selector)
      state.selector.wakeup()
      return state
    },
    act: async ({ selector, wait }) => [simplified(selector.select(1)), simplified(await wait)],
  },
}
