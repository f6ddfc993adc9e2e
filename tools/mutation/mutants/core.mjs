// Mistakes in the TypeScript of core.
import { all, fake, suite, core as units } from './tests.mjs'

const src = 'packages/core/src'
const builds = ['core']
const mutant =
  (file, tests) =>
  (what, from, to, ...more) => ({ file: `${src}/${file}`, what, from, to, builds, tests: [...tests, ...more] })

const table = mutant('selector/fd-table.ts', [units])
const keys = mutant('selector/key-table.ts', [units, fake])
const map = mutant('selector/key-table-map.ts', [fake])
const refusals = mutant('selector/poller-refusals.ts', [units, fake])
const buffer = mutant('selector/ready-buffer.ts', [units, fake])
const selector = mutant('selector/poller-selector.ts', [units, fake])
const wait = mutant('selector/async-wait.ts', [units, fake])
const iterator = mutant('selector/ready-iterator.ts', [fake])
const handle = mutant('contract/wake-handle.ts', [suite('poll')])
const nativeWake = mutant('native/native-wake.ts', [suite('poll')])
const poller = mutant('native/native-poller.ts', [all('decorated', 'collected', 'under-select'), suite('poll')])
const fileObject = mutant('contract/file-object.ts', [units, fake])
const timeout = mutant('contract/timeout.ts', [units, fake])
const events = mutant('contract/events.ts', [units, fake])

export const core = [
  table('the array for low descriptors is as long as the highest', 'const LOW = 1024', 'const LOW = 1 << 28'),
  table('pages are as long as the array of them', 'const PAGE = 256', 'const PAGE = 1 << 16'),
  table('clear() leaves the pages', 'this.#near.length = 0', ''),
  table('clear() leaves the high ones', 'this.#far.clear()', ''),
  table('high ones are not iterated', 'for (const page of this.#far.values()) yield* valuesOf(page)', ''),
  table('low ones are not deleted', 'this.#low[fd] = undefined', ''),
  table('large numbers are cut to 32 bits', 'this.#far.get(Math.floor(fd / PAGE))', 'this.#far.get((fd | 0) >>> 8)'),
  keys(
    'an iteration visits what it has visited',
    'if (turn > visited && turn <= end) yield key',
    'if (turn <= end) yield key',
  ),
  keys('an iteration does not visit what is added', 'visited = end, end = this.#turn) {', 'visited = this.#turn) {'),
  keys('deleting does not count', 'this.#size--', ''),
  keys(
    'replacing makes a new turn',
    'replace(key: SelectorKey<Data, File>): void {',
    'replace(key: SelectorKey<Data, File>): void {\n    this.#turns.set(key.fd, ++this.#turn)',
  ),
  keys('identity is not looked for', 'if (Object.is(key.fileobj, fileobj)) return key.fd', 'if (false) return key.fd'),
  map(
    'every error of fileno() is swallowed',
    'if (error instanceof ValueError) return undefined',
    'if (error instanceof ValueError || error instanceof Error) return undefined',
  ),
  map('forEach() forgets its this', 'visit.call(self,', 'visit.call(self && undefined,'),
  refusals('only the first closed descriptor is named', "closed.join(', ')", 'closed[0]'),
  refusals('ERANGE is a system error', 'if (errno === -constants.errno.ERANGE)', 'if (errno === 1)'),
  refusals('open descriptors are named too', "code === 'EBADF' && !isOpen(fd)", "code === 'EBADF'"),
  buffer(
    'there is room for one less',
    'while (2 * keys >= this.#length)',
    'while (2 * keys > this.#length + 2)',
    suite('poll'),
  ),
  buffer('it does not grow', 'this.#length *= 2', 'break'),
  buffer('unknown ones are in the batch', 'if (key !== undefined) batch', 'batch'),
  buffer('a transferred buffer is kept', 'if (this.#pairs.length !== this.#length)', 'if (false)'),
  selector('modify() asks for nothing new', 'if (changes || isOther || (events & RENEWED) !== 0) {', 'if (true) {'),
  selector('modify() makes a new key of the same', 'Object.is(data, old.data)', 'false'),
  selector(
    'what the poller refuses to modify stays',
    '        this.#poller.remove(fd)\n        this.#keys.delete(fd)\n        throw',
    '        throw',
  ),
  selector('close() forgets the poller', '    this.#poller.close()\n', ''),
  selector('close() keeps the keys', '    this.#keys.clear()\n', ''),
  selector('close() leaves a wait', '    this.#wait.cancel(closedError())\n', ''),
  selector('close() may be called under select()', '    this.#checkIdle()\n', ''),
  selector(
    'select() stays blocked when a poller throws',
    '    } finally {\n      this.#blocked = false\n    }',
    '    } finally {\n    }\n    this.#blocked = false',
  ),
  selector('what counts more than there is counts', 'if (!this.#ready.holds(count))', 'if (false)'),
  selector(
    'closing within fileno() is not noticed',
    '    const fd = this.#keys.locate(fileobj)\n    this.#checkOpen()',
    '    const fd = this.#keys.locate(fileobj)',
  ),
  selector('2^31 is a descriptor', 'if (fd > MAX_FD)', 'if (fd > MAX_FD + 1)'),
  selector(
    'an iteration yields replaced keys',
    'this.#keys.get(key.fd) === key',
    'this.#keys.get(key.fd) !== undefined',
  ),
  wait('a second wait replaces the first', 'if (this.#pending !== undefined) {', 'if (false) {'),
  wait('an aborted signal is not looked at', 'signal?.throwIfAborted()', ''),
  wait('listeners are kept', 'pending?.forgetSignal?.()', ''),
  wait('a timer is kept', 'pending?.countdown?.cancel()', '', suite('poll')),
  wait(
    'it is not armed again',
    'if (batch === undefined) this.#arm()',
    'if (batch === undefined) return',
    suite('poll'),
  ),
  iterator('return() does not end a wait', 'if (this.#waits) this.#source.cancel()', ''),
  iterator(
    'an aborted signal has the rest delivered',
    'this.#signal?.aborted ? undefined : this.#take()',
    'this.#take()',
  ),
  iterator(
    'two may wait',
    "if (this.#waits) throw new SelectorBusyError('The iterator is waiting already: await its next() first')",
    '',
  ),
  handle('a token that is no number is taken', "|| typeof token !== 'number'", '|| token === undefined'),
  handle('NaN and fractions are taken', '!Number.isSafeInteger(token) || ', ''),
  handle('-0 is taken', ' || Object.is(token, -0)) {', ') {'),
  handle('a handle is read twice', 'return { backend, token }', 'return handle'),
  nativeWake('a handle of another backend is taken', 'if (owner !== backend.package) {', "if (owner === '') {"),
  poller('a closed one is closed again when it is collected', '    forgotten.unregister(this)\n', ''),
  poller(
    'a shorter buffer is not attached again',
    'ready !== this.#ready || ready.length !== this.#readyLength',
    'ready !== this.#ready',
  ),
  mutant('native/alarm.ts', [suite('poll'), suite('epoll')])(
    'what was armed goes on after a disarm',
    '    this.#onReady = undefined\n    this.#disarmBinding',
    '    this.#disarmBinding',
  ),
  poller('ref() and unref() of before are forgotten', '      this.keepAlive(this.#keepAlive)\n', '', [
    'poll',
    'test/conformance',
    '-t',
    'the event loop',
  ]),
  fileObject('-0 is a descriptor', 'return fd + 0', 'return fd'),
  fileObject('fractions are descriptors', '|| !Number.isInteger(fd)', ''),
  fileObject('subclasses do not say that there is none', 'level = Object.getPrototypeOf(level)', 'level = null'),
  timeout('NaN is a timeout', ' || Number.isNaN(timeout)', ''),
  timeout('a long timeout is passed on', 'if (timeout > MAX_TIMEOUT) return -1', ''),
  events('no event is a mask', 'if ((events & known) === 0) throw invalid(events)', ''),
]
