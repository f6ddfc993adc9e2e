// Mistakes in the contract of core, and in what it is checked with.
import { all, fake, mutantsOf, otherFakes, suite, units } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/core/src/contract/${file}`, ['core'], ...tests)

const errors = of('errors.ts', units, suite('poll'))
const events = of('events.ts', units, fake)
const fileObject = of('file-object.ts', units, fake)
const nodeFile = of('node-file.ts', units, all('node-file'))
const openFile = of('open-file.ts', units, fake, otherFakes, suite('poll'), all('wait-for'))
const ready = of('ready.ts', units, fake)
const refusals = of('refusals.ts', units, fake)
const showing = of('showing.ts', units)
const timeout = of('timeout.ts', units, fake)
const handle = of('wake-handle.ts', suite('poll'))
const abortion = of('abortion.ts', units, fake, all('wait-for'))
const base = of('base-selector.ts', units, fake, all('third-party'))

export const contract = [
  errors('errno is positive', 'this.errno = number', 'this.errno = -number'),
  errors('the culprit is not named', "culprit === undefined ? '' : `: ${culprit}`", "culprit === undefined ? '' : ''"),
  errors('a number without a name has none', '?? `E${-errno}`', "?? ''"),
  errors('a name that Node does not know is a number', 'usualName(errno) ?? ', ''),
  events('no event is a mask', 'if ((events & known) === 0) throw invalid(events)', ''),
  events(
    'fractions are masks',
    "if (typeof events !== 'number' || (events | 0) !== events || (events &",
    'if ((events &',
  ),
  events(
    'EXCLUSIVE goes with any event',
    'const SHAREABLE = EVENT_READ | EVENT_WRITE | EDGE_TRIGGERED | EXCLUSIVE',
    'const SHAREABLE = ~0',
  ),
  events(
    'an unknown bit beside a known one is said to be lacking',
    'others.reduce((rest, [bit]) => rest & ~bit, lacking & ~first[0]) !== 0',
    'false',
  ),
  events(
    'two lacking events are unknown ones',
    'others.reduce((rest, [bit]) => rest & ~bit, lacking & ~first[0])',
    'lacking & ~first[0]',
  ),
  fileObject('-0 is a descriptor', 'return fd + 0', 'return fd'),
  fileObject('fractions are descriptors', '|| !Number.isInteger(fd)', ''),
  fileObject('-1 is a descriptor', 'if (fd < 0) {', 'if (fd < -1) {'),
  fileObject('subclasses do not say that there is none', 'level = Object.getPrototypeOf(level)', 'level = null'),
  fileObject('RangeError does not say that there is none', "'TypeError', 'RangeError',", "'TypeError',"),
  fileObject('every error says that there is none', 'if (!isRefusal(cause)) throw cause', ''),
  fileObject('the cause is dropped', 'its fileno() failed`, { cause })', 'its fileno() failed`)'),
  fileObject(
    'fd is asked first',
    "if (typeof candidate.fileno !== 'function') {",
    "if (typeof candidate.fd === 'number') {",
  ),
  fileObject(
    'a message calls the code of an object',
    'return String(Object.getPrototypeOf(value)?.constructor.name',
    'return String(value.constructor.name',
  ),
  nodeFile('each call makes another', '  files.set(object, file)\n', ''),
  nodeFile('what is closed has no descriptor', '  if (handle === null) return -1\n  const number', '  const number'),
  nodeFile('-2 is a descriptor', 'return Math.max(number, -1)', 'return number'),
  openFile(
    'what is not open is unknown',
    "return code === 'EBADF' || code === 'ENOENT' ? undefined : UNKNOWN",
    'return UNKNOWN',
  ),
  openFile('all of one device are one file', '`${dev}:${ino}`', '`${dev}`'),
  ready('null is an object', "typeof options === 'object' && options !== null", "typeof options === 'object'"),
  ready('any signal is taken', 'if (signal === undefined || isSignal(signal)) return options', 'return options'),
  refusals('what was closed is called registered', 'return filenoOf(holder) === fd', 'return true'),
  refusals('what failed to tell is called registered', '  } catch {\n    return false', '  } catch {\n    return true'),
  showing('what was shown once is circular', '  } finally {\n    beingShown.delete(object)\n  }', '  } finally {\n  }'),
  showing('a circle goes on', "if (beingShown.has(object)) return special('[Circular]')", ''),
  showing('the depth is not kept', "if (typeof depth === 'number' && depth < 0) return", 'if (false) return'),
  timeout('NaN is a timeout', ' || Number.isNaN(timeout)', ''),
  timeout('a long timeout is passed on', 'if (timeout > MAX_TIMEOUT) return -1', ''),
  timeout('0 waits forever', 'return timeout > 0 ? timeout : 0', 'return timeout || -1'),
  handle('a token that is no number is taken', "|| typeof token !== 'number'", '|| token === undefined'),
  handle('NaN and fractions are taken', '!Number.isSafeInteger(token) || ', ''),
  handle('-0 is taken', ' || Object.is(token, -0)) {', ') {'),
  handle('negative tokens are taken', 'token < 0 || ', ''),
  handle('a handle is read twice', 'return { backend, token }', 'return handle'),
  abortion('a listener stays with its signal', "      this.#signal.removeEventListener('abort', this.#tell)\n", ''),
  abortion('each listener is one of the signal', '  abortions.set(signal, abortion)\n', ''),
  abortion('one that another has stopped is told', 'if (this.#listeners.has(listener)) listener()', 'listener()'),
  abortion(
    'the first that stops stops all',
    'if (this.#listeners.delete(listener) && this.#listeners.size === 0) {',
    'if (this.#listeners.delete(listener)) {',
  ),
  base('it can be constructed', 'if (new.target === BaseSelector) {', 'if (false) {'),
  base('modify() unregisters before it checks', '    checkEvents(events)\n    const { fileobj', '    const { fileobj'),
  base(
    'modify() registers the number',
    'return this.register(registered, events, ...data)',
    'return this.register(fileobj as File, events, ...data)',
  ),
  base('dispose forgets to close', '  [Symbol.dispose](): void {\n    this.close()', '  [Symbol.dispose](): void {'),
]
