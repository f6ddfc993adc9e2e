// What is there before an operation: a selector, and files that are closed afterwards.
const { closeSync, openSync } = require('node:fs')
const { EVENT_READ } = require('@selectors/core')
const { socketpair } = require('@selectors/socket')

/** In seconds: whole milliseconds or not, for which there are two system calls. */
exports.SHORT = 0.004
exports.EXACT = 0.0035

/** A selector that watches one end of a pair, with something to read or not. */
function watching(Selector, { text = '', events = EVENT_READ, options } = {}) {
  const selector = new Selector(options)
  const [local, remote] = socketpair()
  if (text !== '') remote.send(text)
  selector.register(local, events)
  return { selector, local, remote, fd: local.fileno(), files: [local, remote] }
}

/** It waits already, in whichever way it does. */
function waiting(Selector) {
  const state = watching(Selector)
  return { ...state, wait: state.selector.selectAsync() }
}

/** Something that was registered was closed, and a copy keeps the file open: a kernel may still report it. */
function stale(Selector, given) {
  const state = watching(Selector, given)
  const [local, remote] = socketpair()
  const copy = local.dup()
  state.selector.register(local, EVENT_READ)
  remote.send('x')
  local.close()
  state.selector.unregister(local)
  return { ...state, files: [...state.files, copy, remote] }
}

/** A selector, and something that it does not watch yet. */
function before(Selector) {
  const [local, remote] = socketpair()
  return { selector: new Selector(), local, fd: local.fileno(), files: [local, remote] }
}

/** A file that is always ready. */
function openFile() {
  const fd = openSync(__filename, 'r')
  return { fd, close: () => closeSync(fd) }
}

/** A selector of any descriptor, and such a file. */
function withFile(Selector) {
  const file = openFile()
  return { selector: new Selector({ anyDescriptor: true }), fd: file.fd, files: [file] }
}

function watchingFile(Selector) {
  const state = withFile(Selector)
  state.selector.register(state.fd, EVENT_READ)
  return state
}

Object.assign(exports, { before, openFile, stale, waiting, watching, watchingFile, withFile })

exports.simplified = (batch) => batch.map(([, mask]) => mask)
