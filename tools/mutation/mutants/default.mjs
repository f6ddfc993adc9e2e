// Mistakes in how @selectors/default waits for one file object, and wakes.
import { all, mutantsOf } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/default/src/${file}`, ['default'], ...tests)
const waits = [all('wait-for'), all('wait-for-process', 'kernel-files', 'eaten-by-a-look')]
const choosing = all('broken', 'combinations', 'environment', 'third-party', 'modules', 'system', 'permission')
const shared = of('shared-selector.ts', ...waits)
const single = of('single-wait.ts', ...waits)
const waitFor = of('wait-for.ts', ...waits, choosing)
const wake = of('wake.ts', all('wake', 'third-party'), choosing)

export const defaults = [
  shared(
    'a refused second event ends the wait for the first',
    '      this.#keep(fd, waits)\n      throw error',
    '      throw error',
  ),
  shared('an aborted signal is not looked at', '    signal?.throwIfAborted()\n', ''),
  shared('a timer stays', '      countdown?.cancel()\n', ''),
  shared('a listener stays', '      forget?.()\n', ''),
  shared(
    'only the first that is due is looked at',
    'for (const wait of due) this.#leave(wait)?.resolve(0)',
    'this.#leave(due[0] as SingleWait)?.resolve(0)',
  ),
  shared('what is due is looked at again', '    this.#due = []\n', ''),
  shared('what is due is not looked at', '      this.#deliver(this.#selector.select(0))\n', ''),
  shared(
    'all are told what one waits for',
    'const ready = [...waits].filter(({ events }) => events & mask)',
    'const ready = [...waits]',
  ),
  shared('one is told what another waits for', 'wait.resolve(wait.events & mask)', 'wait.resolve(mask)'),
  shared('another file is ready', '        if (wait.isCurrent) wait.resolve(', '        if (true) wait.resolve('),
  shared('a refusal rejects all', 'if (closed.some(([, strangers]) => strangers.length > 0)) {', 'if (false) {'),
  shared('a refusal rejects nobody', '      for (const waits of all) this.#rejectAll(waits, [...waits], error)\n', ''),
  shared(
    'the number of another file stays registered',
    'if (this.#keys.has(fd)) this.#selector.unregister(fd)\n      this.#selector.register(fd, eventsOf(waits) | events, waits)',
    'if (this.#keys.has(fd)) this.#selector.modify(fd, eventsOf(waits) | events, waits)\n      else this.#selector.register(fd, eventsOf(waits) | events, waits)',
  ),
  shared('a second wait ends the first', 'eventsOf(waits) | events, waits', 'events, waits'),
  shared('a wait that ends leaves it registered', '    if (first !== undefined) this.#keep(first.fd, waits)\n', ''),
  shared('the process stays alive', '    if (this.#keys.size === 0) this.#interruption.abort()\n', ''),
  shared('it never runs again', '    this.#running = false\n', ''),
  shared(
    'closing rejects one',
    'this.#rejectAll(waits, [...waits], closing(fd))',
    'this.#rejectAll(waits, [...waits].slice(0, 1), closing(fd))',
  ),
  shared(
    'strangers stay',
    '      waits.delete(wait)\n      wait.reject(closedMeanwhile(wait))',
    '      wait.reject(closedMeanwhile(wait))',
  ),
  shared(
    'what cannot be kept is waited for',
    '      this.#rejectAll(waits, [...waits], error)\n    }\n  }\n\n  /** Rejects the waits',
    '    }\n  }\n\n  /** Rejects the waits',
  ),
  single('the file is not compared', 'this.#file === openFileOf(this.fd) && ', ''),
  single('the object is not asked again', ' && this.#stillHas(this.fd)', ''),
  single('what is not open is waited for', 'if (file === undefined) throw', 'if (false) throw'),
  single(
    'an object that fails is still there',
    '    } catch {\n      return false',
    '    } catch {\n      return true',
  ),
  waitFor('modes are taken', "if (typeof events === 'number' && events & MODES) {", 'if (false) {'),
  waitFor(
    'an abortion while a regular file is waited for is not noticed',
    '    signal?.throwIfAborted()\n    return ready',
    '    return ready',
  ),
  waitFor(
    'every error is ready',
    "if ((error as NodeJS.ErrnoException | null)?.code !== 'EPERM' || ready === 0) throw error",
    'if (ready === 0) throw error',
  ),
  waitFor(
    'a regular file is priority',
    "?.code !== 'EPERM' || ready === 0) throw error",
    "?.code !== 'EPERM') throw error",
  ),
  waitFor(
    'a regular file is ready at once',
    '    await new Promise<void>((resolve) => new Countdown(0, resolve, true))\n',
    '',
  ),
  waitFor('each wait has a selector', 'shared ??= new SharedSelector()', 'shared = new SharedSelector()'),
  waitFor(
    'nothing that is closed is an error',
    'if (shared === undefined) filenoOf(fileobj)',
    'if (shared === undefined) return',
  ),
  waitFor(
    'waitWritable() waits for reading',
    'waitFor(fileobj, EVENT_WRITE, options)',
    'waitFor(fileobj, EVENT_READ, options)',
  ),
  wake(
    'any package is loaded',
    'if (backend !== wantedBackend() && !known.some((candidate) => isNamed(candidate, backend))) {',
    'if (false) {',
  ),
  wake('what the environment names is not known', 'backend !== wantedBackend() && ', ''),
  wake('a handle is read twice', 'return wakeOne(checked)', 'return wakeOne(handle)'),
  wake(
    'what has no wake is called',
    "if (typeof wakeOne === 'function') return wakeOne as Wake",
    'return wakeOne as Wake',
  ),
]
