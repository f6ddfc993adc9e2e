// Mistakes in what waits without blocking the thread, and in what is left over of it.
import { all, ends, fake, mutantsOf, suite, units } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/core/src/${file}`, ['core'], ...tests)

const wait = of('selector/async-wait.ts', units, fake)
const countdown = of('selector/countdown.ts', units, fake, suite('poll'))
const iterator = of('selector/ready-iterator.ts', units, fake)
const leftovers = of('selector/leftovers.ts', units, fake, suite('poll'), suite('epoll'))
const clock = of('clock.ts', units, fake)
const nativeWake = of('native/native-wake.ts', suite('poll'))
const poller = of(
  'native/native-poller.ts',
  ['epoll', 'test/interface'],
  all('decorated', 'collected', 'under-select'),
  suite('poll'),
)
const alarm = of('native/alarm.ts', ['core', 'test/alarm'], suite('poll'), suite('epoll'))

export const waiting = [
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
  wait(
    'what cannot be armed is waited for',
    '      } catch (error) {\n        this.cancel(error)\n      }\n    })',
    '      } catch (error) {\n        if (error === undefined) this.cancel(error)\n      }\n    })',
  ),
  wait('a look comes when the wait is over', '    pending?.look?.cancel()\n', '', suite('epoll')),
  wait('it looks once only', 'if (this.#pending !== undefined) this.#pending.look = undefined\n', ''),
  wait('unref() leaves the timer', '    this.#pending?.countdown?.keepAlive(on)\n', '', suite('poll')),
  wait('unref() leaves the poller', '    this.#poller.keepAlive?.(on)\n', '', suite('poll')),
  wait('a poller stays armed', '    this.#poller.disarm?.()\n', '', suite('poll'), suite('epoll')),
  wait('its resource is never destroyed', '    pending?.resource.emitDestroy()\n', ''),
  wait(
    'at the end of its time it does not look',
    'this.#resolve(this.#read() ?? [])',
    'this.#resolve([])',
    suite('poll'),
  ),
  wait(
    'an iterator ends the wait of another',
    'if (this.#pending?.owner === owner) this.cancel',
    'if (owner !== undefined) this.cancel',
  ),
  wait(
    'what is refused is not told',
    '      else this.#resolve(batch)\n    } catch (error) {\n      this.cancel(error)',
    '      else this.#resolve(batch)\n    } catch {\n      this.cancel(undefined)',
  ),
  wait(
    'a refused look is not told',
    '      if (batch !== undefined) this.#resolve(batch)\n    } catch (error) {\n      this.cancel(error)',
    '      if (batch !== undefined) this.#resolve(batch)\n    } catch {\n      this.cancel(undefined)',
  ),
  wait('the reason of a signal is dropped', 'this.cancel(this.#pending?.signal?.reason)', 'this.cancel(undefined)'),
  wait('hasRef() of what it shows is wrong', 'new WaitResource(() => this.#keepAlive)', 'new WaitResource(() => true)'),
  countdown('the longest timer is one too long', 'const LONGEST_TIMER = 2 ** 31 - 1', 'const LONGEST_TIMER = 2 ** 31'),
  countdown('a timer that ends early is believed', 'const EARLIEST = 4', 'const EARLIEST = 0'),
  countdown('a long time ends after 24 days', '    else if (this.#left > 0) this.#startTimer()\n', ''),
  countdown('what was cancelled goes on', '    if (this.#cancelled) return\n', ''),
  countdown('a turn is not cancelled', '    clearImmediate(this.#turn)\n', ''),
  countdown('a test that moves its clock on is not believed', 'left > 0 && left <= EARLIEST', 'left > 0'),
  iterator('next() goes on after return()', '    this.#done = true\n', ''),
  iterator(
    'return() loses the rest of the batch',
    'ready = this.#take()) this.#source.putBack(ready)',
    'ready = this.#take()) void ready',
  ),
  iterator('return() in a wait loses the batch', '        if (this.#done) this.#end()\n', ''),
  iterator('close() is an error', 'this.#done || error instanceof SelectorClosedError', 'this.#done'),
  iterator('every error is an end', '      if (!ended) throw error\n', ''),
  iterator('next() goes on after an error', '      this.#end()\n      if (!ended)', '      if (!ended)'),
  iterator('it waits for ever', '      this.#waits = false\n', ''),
  iterator('a replaced key is delivered', 'if (this.#source.isCurrent(ready[0])) return ready', 'return ready'),
  leftovers('what is not exceptional is kept', '    if ((events & EVENT_PRIORITY) === 0) return false\n', ''),
  leftovers('what is ready is kept too', '    if (isLevel && (mask & EVENT_PRIORITY) === 0) return false\n', ''),
  leftovers('a second one replaces the first', '(this.#masks.get(fd) ?? 0) | ', ''),
  leftovers('a level is kept', 'isLevel ? mask & EXCEPTIONAL : mask', 'mask'),
  leftovers(
    'errors are not kept',
    'const EXCEPTIONAL = EVENT_PRIORITY | EVENT_ERROR',
    'const EXCEPTIONAL = EVENT_PRIORITY & ~EVENT_ERROR',
  ),
  clock(
    'timers that a test has replaced are not used',
    'const { setTimeout, clearTimeout } = globalThis',
    'const { setTimeout, clearTimeout } = timers',
  ),
  clock('a timer stays', 'cancel: () => clear(timer as never)', 'cancel: () => void clear', suite('poll')),
  nativeWake('a handle of another backend is taken', 'if (owner !== backend.package) {', "if (owner === '') {"),
  nativeWake('a closed one is said to be woken', 'return binding.answer[0] === 1', 'return binding.answer[0] !== -1'),
  poller('a closed one is closed again when it is collected', '    forgotten.unregister(this)\n', ''),
  poller('a collected one stays open', '    forgotten.register(this, left, this)\n', ''),
  poller('close() keeps the number', '    this.#id = -1\n', ''),
  poller('under its own wait it is closed', '    if (result === -EBUSY) return result\n', ''),
  poller(
    'a shorter buffer is not attached again',
    'ready !== this.#ready || ready.length !== this.#readyLength',
    'ready !== this.#ready',
  ),
  poller(
    'a buffer that was refused is attached',
    '      if (result < 0) return result\n      this.#ready = ready',
    '      this.#ready = ready',
  ),
  poller(
    'a refused alarm is there',
    '      if (result < 0) return result\n      this.#alarm = alarm',
    '      this.#alarm = alarm',
    suite('epoll'),
  ),
  poller(
    'what is refused is armed',
    '    if (result < 0) return result\n    this.#alarm.arm',
    '    this.#alarm.arm',
    suite('epoll'),
  ),
  poller('ref() and unref() of before are forgotten', '      this.keepAlive(this.#keepAlive)\n', ''),
  poller('ref() and unref() do not reach the binding', '    this.#binding.keepAlive()\n', '', suite('epoll')),
  poller(
    'every backend takes any descriptor',
    "  if (anyDescriptor && !backend.supports.anyDescriptor) throw notSupported('anyDescriptor')\n",
    '',
    suite('select'),
    all('third-party'),
  ),
  poller(
    'anyDescriptor is not passed on',
    'this.#control[3] = Number(this.#anyDescriptor)',
    'this.#control[3] = 0',
    suite('epoll'),
  ),
  poller('a decorator is not asked', 'decorate === undefined ? poller : decorate(poller)', 'poller'),
  poller('the event loop polls no queue', ' | (supports.pollable ? POLLS_THE_QUEUE : 0)', '', suite('epoll'), [
    'epoll',
    'test/(loop|epoll|nesting)',
  ]),
  poller(
    'the event loop does not tell of its turns',
    'TELLS_OF_ITS_TURNS | CAN_BE_WATCHED',
    'CAN_BE_WATCHED',
    ends('poll'),
  ),
  poller('the event loop is not watched', 'TELLS_OF_ITS_TURNS | CAN_BE_WATCHED', 'TELLS_OF_ITS_TURNS', ends('poll')),
  alarm(
    'what was armed goes on after a disarm',
    '    this.#onReady = undefined\n    this.#disarmBinding(goesOff)',
    '    this.#disarmBinding(goesOff)',
  ),
  alarm('it calls twice', '    this.#onReady = undefined\n    onReady?.()', '    onReady?.()'),
  alarm('what is due keeps alive in spite of unref()', '    this.keepAlive(this.#keepAlive)\n', ''),
  alarm('going off is the end of a wait', 'this.#disarmBinding(true)', 'this.#disarmBinding(false)'),
  alarm('the end of a wait is going off', '    this.#disarmBinding(goesOff)', '    this.#disarmBinding(true)'),
  alarm(
    'what is due comes after a disarm',
    '    clearImmediate(this.#due)\n    this.#due = undefined\n    this.#binding',
    '    this.#binding',
  ),
]
