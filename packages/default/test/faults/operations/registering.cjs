const { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, EXCLUSIVE } = require('@selectors/core')
const { socketpair } = require('@selectors/socket')
const { before, simplified, waiting, watching, watchingFile, withFile } = require('./prepare.cjs')

module.exports = {
  'register()': {
    syscall: 'control',
    prepare: before,
    act: ({ selector, local }) => void selector.register(local, EVENT_READ),
  },
  'register() of a regular file': {
    syscall: 'control',
    prepare: withFile,
    act: ({ selector, fd }) => void selector.register(fd, EVENT_READ),
  },
  'register() during a wait': {
    syscall: 'control',
    prepare: (Selector) => {
      const [local, remote] = socketpair()
      const { files, ...state } = waiting(Selector)
      return { ...state, added: local, fd: local.fileno(), files: [...files, local, remote] }
    },
    act: async ({ selector, added, wait }) => {
      selector.register(added, EVENT_WRITE)
      return simplified(await wait)
    },
  },
  'modify()': {
    syscall: 'control',
    prepare: watching,
    act: ({ selector, local }) => void selector.modify(local, EVENT_READ | EVENT_WRITE),
  },
  'modify() of what is exclusive': {
    syscall: 'control',
    needs: ({ modes }) => modes & EXCLUSIVE,
    prepare: (Selector) => watching(Selector, { events: EVENT_READ | EXCLUSIVE }),
    act: ({ selector, local }) => void selector.modify(local, EVENT_READ),
  },
  'modify() of a regular file': {
    syscall: 'control',
    prepare: watchingFile,
    act: ({ selector, fd }) => void selector.modify(fd, EVENT_WRITE),
  },
  'modify() to have priority, during a wait': {
    syscall: 'control',
    prepare: waiting,
    act: ({ selector, local }) => void selector.modify(local, EVENT_READ | EVENT_PRIORITY),
  },
  'unregister()': {
    prepare: (Selector) => watching(Selector, { text: 'x' }),
    act: ({ selector, local }) => void selector.unregister(local),
  },
  'unregister() of a regular file': {
    prepare: watchingFile,
    act: ({ selector, fd }) => void selector.unregister(fd),
  },
}
