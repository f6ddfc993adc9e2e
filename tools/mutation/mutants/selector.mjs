// Mistakes in the selector of core: its tables, its refusals and its calls.
import { all, fake, mutantsOf, otherFakes, suite, units } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/core/src/selector/${file}`, ['core'], ...tests)

const table = of('fd-table.ts', units)
const keys = of('key-table.ts', units, fake)
const map = of('key-table-map.ts', units, fake)
const refusals = of('poller-refusals.ts', units, fake, otherFakes)
const remedies = of('remedies.ts', units, ['epoll', 'test/epoll'], suite('epoll'))
const buffer = of('ready-buffer.ts', units, fake)
const ofPoller = of('poller-selector.ts', units, fake)

const underWaits = all('decorated', 'under-select')
const onFreebsd = ['kqueue', 'test/conformance.test.ts', '-t', 'on freebsd KqueueSelector on a pipe leftovers']

export const selector = [
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
  ofPoller('modify() asks for nothing new', 'if (changes || isOther || (events & RENEWED) !== 0) {', 'if (true) {'),
  ofPoller('modify() makes a new key of the same', 'Object.is(data, old.data)', 'false'),
  ofPoller(
    'what the poller refuses to modify stays',
    "    this.#remove(fd)\n    return controlRefused(errno, this.#mechanism, fd, this.#poller, '; it",
    "    return controlRefused(errno, this.#mechanism, fd, this.#poller, '; it",
  ),
  ofPoller('modify() for lack of something unregisters', 'if (isLack(errno) && ', 'if (false && '),
  ofPoller(
    'modify() for lack of something leaves what was done',
    'if (isLack(errno) && this.#poller.modify(fd, events) >= 0) {',
    'if (isLack(errno)) {',
  ),
  ofPoller('close() forgets the poller', '    this.#poller.close()\n', ''),
  ofPoller('close() keeps the keys', '    this.#keys.clear()\n', ''),
  ofPoller('close() leaves a wait', '    this.#wait.cancel(closedError())\n', ''),
  ofPoller('close() may be called under select()', '    this.#checkIdle()\n', ''),
  ofPoller('what counts more than there is counts', 'if (!holds(pairs, count))', 'if (false)'),
  ofPoller(
    'closing within fileno() is not noticed',
    '    const fd = this.#keys.locate(fileobj)\n    this.#checkOpen()',
    '    const fd = this.#keys.locate(fileobj)',
  ),
  ofPoller('2^31 is a descriptor', 'if (fd > MAX_FD)', 'if (fd > MAX_FD + 1)'),
  ofPoller(
    'an iteration yields replaced keys',
    'this.#keys.get(key.fd) === key',
    'this.#keys.get(key.fd) !== undefined',
  ),

  table('pages are not iterated', 'for (const page of this.#near) if (page !== undefined) yield* valuesOf(page)', ''),
  table('each one gets a page', 'this.#page(fd) ?? this.#addPage(fd)', 'this.#addPage(fd)'),
  table('what is in a page is not deleted', 'if (page !== undefined) page[fd % PAGE] = undefined', ''),
  table('the first of the far ones is near', 'return fd < NEAR ?', 'return fd <= NEAR ?'),
  keys('clear() keeps the number', '    this.#size = 0\n', ''),
  keys('any error has the identity looked for', '      if (!(error instanceof ValueError)) throw error\n', ''),
  keys(
    'what is almost the same is the same',
    'if (Object.is(key.fileobj, fileobj)) return',
    'if (key.fileobj == fileobj) return',
  ),
  map('forEach() does not give the map', 'key, key.fd, this)', 'key, key.fd, this.values() as never)'),
  map(
    'its prototype cannot be shown',
    '      return new Map(this)\n    } catch {',
    '      return new Map(this)\n    } catch (error) {\n      throw error',
  ),
  refusals(
    'a transferred buffer is a fault',
    "if (code === 'EFAULT') return new SystemError(errno, syscall, TRANSFERRED)",
    '',
  ),
  refusals('an own descriptor that was closed is not named', 'const fd = poller?.lost?.() ?? -1', 'const fd = -1'),
  refusals('EINVAL does not tell of a lost one', ' && errno !== -constants.errno.EINVAL', ''),
  refusals(
    'what came of it is not said',
    '${remedyForFd(syscall, codeOf(errno), system)}${outcome}',
    '${remedyForFd(syscall, codeOf(errno), system)}',
  ),
  refusals('no remedy is given', '${remedyForFd(syscall, codeOf(errno), system)}', ''),
  refusals('sockets that were closed are not found', "(code === 'ENOTSOCK' && poller.modify(fd, events) < 0)", 'false'),
  refusals('-1 is a result', 'if (result < 0) throw callRefused', 'if (result < -1) throw callRefused'),
  remedies(
    'a remedy of another call is given',
    'ofControl[syscall]?.[code] ?? ofAnyControl[code]',
    'ofAnyControl[code]',
  ),
  buffer('as many numbers as pairs are believed', 'return 2 * count <= pairs.length', 'return count <= pairs.length'),
  buffer('what is merged is added too', '    rest.delete(fd)\n', ''),
  buffer(
    'what is found replaces what is merged',
    '(pairs[i + 1] as number) | (rest.get(fd) ?? 0)',
    '(pairs[i + 1] as number)',
  ),
  buffer('a batch has holes', 'if (length !== count) batch.length = length', ''),
  ofPoller('no room is made', '    this.#ready.reserve(this.#keys.size)\n', '', suite('poll')),
  ofPoller(
    'unregister() keeps what is left over',
    '    this.#leftovers?.forget(fd)\n    this.#keys.delete(fd)',
    '    this.#keys.delete(fd)',
    suite('poll'),
    suite('epoll'),
  ),
  ofPoller(
    'modify() keeps what is left over',
    '      this.#leftovers?.forget(fd)\n    }\n    if (!changes',
    '    }\n    if (!changes',
    suite('poll'),
    suite('epoll'),
  ),
  ofPoller(
    'another file under the same number is not looked at',
    "typeof fileobj !== 'number' && fileobj !== old.fileobj",
    'false',
  ),
  ofPoller('one-shots are not renewed', 'isOther || (events & RENEWED) !== 0', 'isOther'),
  ofPoller('it waits although something is left over', 'this.#hasLeftovers() ? 0 : seconds', 'seconds', suite('poll')),
  ofPoller('a select() under another one ends that', 'this.#selects = selected', 'this.#selects = false', underWaits),
  ofPoller(
    'what a wait wrote is looked for elsewhere',
    'take(pairs, count',
    'take(this.#ready.pairs, count',
    underWaits,
  ),
  ofPoller('what was closed before the wait is EBADF', 'if (this.#closed) return closedError()', '', underWaits),
  ofPoller('what is left over is added where there is no room', 'pairs !== this.#ready.pairs || ', ''),
  ofPoller('it may be called under select()', '    this.#selects = true\n', ''),
  ofPoller('a wake-up is a timeout', 'this.#timedOut = count === 0', 'this.#timedOut = count <= 0'),
  ofPoller('a wait ends with nothing', 'return batch.length === 0 ? undefined : batch', 'return batch'),
  ofPoller('waker() returns a number', "if (typeof handle === 'number') throw callRefused(handle, 'waker')", ''),
  ofPoller(
    'a one-shot that was not delivered is spent',
    'const result = this.#poller.modify(fd, events)\n    return result >= 0',
    'const result = 0\n    return result >= 0',
    suite('poll'),
    suite('epoll'),
  ),
  ofPoller('what cannot be renewed is lost', '      leftovers.add(fd, mask)\n', '', onFreebsd),
  ofPoller('what was closed is kept', ' || !isOpen(fd)', '', suite('epoll')),
  ofPoller(
    'what is left over waits for something else',
    '    this.#leftovers = leftovers\n    this.#wait.lookSoon()',
    '    this.#leftovers = leftovers',
    suite('poll'),
    suite('epoll'),
  ),
  ofPoller('what is left over is so for ever', '    this.#leftovers = undefined\n', '', suite('poll')),
  ofPoller('a refused wait loses what is left over', ' || (found < 0 && found !== -EINTR)', '', suite('poll')),
  ofPoller(
    'the queue of a closed one is asked for',
    '    this.#checkFree()\n    const fd = this.#poller.fileno()',
    '    const fd = this.#poller.fileno()',
  ),
  ofPoller('a queue that is refused is a number', 'if (fd < 0) throw queueRefused(fd, this.#mechanism)', '', [
    'epoll',
    'test/nesting',
  ]),
  refusals('a queue is always refused by what opens it', 'isFull ? control : open', 'open', ['epoll', 'test/nesting']),
  ofPoller(
    'wakeup() says nothing of a refusal',
    "    if (result < 0) throw callRefused(result, 'wakeup', this.#poller)\n",
    '',
  ),
  ofPoller(
    'what was refused enters the table',
    'if (result < 0) throw controlRefused(result, this.#mechanism, fd, this.#poller)\n',
    '',
  ),
  ofPoller('a proxy cannot be shown', 'if (!(#closed in this)) return showPlainly(this, options)', ''),
  ofPoller('it is shown by its poller under select()', 'if (this.#isBlocked()) return { waiting: true, keys }', ''),
  ofPoller(
    'register() takes what fileno() has closed',
    '    const fd = this.#keys.locate(fileobj)\n    this.#checkOpen()\n    return fd',
    '    const fd = this.#keys.locate(fileobj)\n    return fd',
  ),
]
