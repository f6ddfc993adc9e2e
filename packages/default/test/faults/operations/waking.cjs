const { simplified, waiting, watching } = require('./prepare.cjs')

module.exports = {
  'wakeup()': {
    syscall: 'wakeup',
    prepare: watching,
    act: ({ selector }) => {
      selector.wakeup()
      return simplified(selector.select(1))
    },
  },
  'wakeup() by a handle': {
    prepare: (Selector) => {
      const state = watching(Selector)
      return { ...state, handle: state.selector.waker() }
    },
    act: ({ selector, handle }, _, wake) => [wake(handle), simplified(selector.select(1))],
  },
  'wakeup() of a wait': {
    syscall: 'wakeup',
    prepare: waiting,
    act: async ({ selector, wait }) => {
      selector.wakeup()
      return simplified(await wait)
    },
  },
  'waker()': { syscall: 'waker', prepare: watching, act: ({ selector }) => selector.waker().token > 0 },
}
