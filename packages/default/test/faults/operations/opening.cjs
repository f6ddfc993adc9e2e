const { waiting, watching } = require('./prepare.cjs')

module.exports = {
  'new': {
    syscall: 'open',
    prepare: () => ({ files: [] }),
    act: (state, Selector) => {
      state.selector = new Selector()
    },
  },
  'fileno()': {
    syscall: 'open',
    needs: ({ fileno }) => fileno,
    prepare: watching,
    act: ({ selector }) => selector.fileno() > 0,
  },
  'close()': {
    prepare: (Selector) => {
      const state = watching(Selector)
      state.selector.waker()
      return state
    },
    act: (state) => {
      state.selector.close()
      state.selector = undefined
    },
  },
  'close() during a wait': {
    prepare: waiting,
    act: (state) => {
      state.selector.close()
      state.selector = undefined
      return state.wait.catch(({ name }) => name)
    },
  },
}
