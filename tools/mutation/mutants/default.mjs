// Mistakes in @selectors/default and @selectors/compat-epoll.
import { all, mutantsOf } from './tests.mjs'

const of = (file, ...tests) => mutantsOf(`packages/default/src/${file}`, ['default'], ...tests)
const ofCompat = (file) => mutantsOf(`packages/compat-epoll/src/${file}`, ['compat-epoll'], ['compat-epoll'])

const waits = [all('wait-for'), all('wait-for-process', 'kernel-files', 'eaten-by-a-look')]
const choosing = all('broken', 'combinations', 'environment', 'third-party', 'modules', 'system', 'permission')

const shared = of('shared-selector.ts', ...waits)
const single = of('single-wait.ts', ...waits)
const waitFor = of('wait-for.ts', ...waits, choosing)
const wake = of('wake.ts', all('wake', 'third-party'), choosing)
const wanted = of('wanted-backend.ts', choosing, all('location'))
const candidate = of('candidate.ts', choosing)
const choose = of('choose.ts', choosing)
const known = of('known-backends.ts', choosing)
const named = of('named-backend.ts', choosing)
const missing = of('not-installed.ts', choosing)
const register = of('register-backend.ts', choosing, all('wake'))
const selectorClass = of('selector-class.ts', choosing)
const unavailable = of('unavailable-selector.ts', choosing)
const describes = of('describe.ts', choosing)

const epoll = ofCompat('epoll.ts')
const compatShared = ofCompat('shared-selector.ts')
const events = ofCompat('events.ts')

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
  wanted(
    'a privileged process takes what the environment names',
    'return wanted !== undefined && isPrivileged() ? undefined : wanted',
    'return wanted',
  ),
  wanted(
    'an empty variable names a backend',
    'process.env.SELECTORS_BACKEND || undefined',
    'process.env.SELECTORS_BACKEND ?? undefined',
  ),
  candidate('a backend is not tried', '    probe(selectorClass)\n', ''),
  candidate('what was tried stays open', '  } finally {\n    selector.close()\n  }', '  } finally {\n  }'),
  candidate(
    'anything is a batch',
    "    if (!Array.isArray(batch)) throw new TypeError('select() does not return a list')\n",
    '',
  ),
  candidate(
    'what the system refuses is broken',
    "code === 'ERR_SELECTOR_BACKEND' || name === 'SystemError'",
    "code === 'ERR_SELECTOR_BACKEND'",
  ),
  candidate(
    'a package is not a name',
    'return candidate.name === name || candidate.package === name',
    'return candidate.name === name',
  ),
  candidate(
    'what is not installed is broken',
    "    if (error instanceof NotInstalledError) return 'not installed'\n",
    "    if (error instanceof NotInstalledError) return 'broken'\n",
  ),
  choose('another stands in for what is named', 'inTurn(all) : [named]', 'inTurn(all) : [named, ...all]'),
  choose(
    'those of other systems come first',
    '...candidates.filter((candidate) => !isForeign(candidate)), ...candidates.filter(isForeign)',
    '...candidates.filter(isForeign), ...candidates.filter((candidate) => !isForeign(candidate))',
  ),
  choose('what was refused is not said', '    refusals.set(candidate, result)\n', ''),
  choose(
    'a report can be changed',
    'return Object.freeze({ name: candidate.name, ...holder, ...outcome })',
    'return { name: candidate.name, ...holder, ...outcome }',
  ),
  choose('what was not tried is a reason', "reports.filter(({ status }) => status !== 'not tried')", 'reports'),
  known('what is broken is not installed', 'throw isMissing(missing, cause) ? new', 'throw true ? new'),
  known(
    'poll comes before epoll',
    "  known('epoll', 'Linux', process.platform === 'linux'),\n",
    "  known('poll', 'Unix', true),\n  known('epoll', 'Linux', process.platform === 'linux'),\n",
  ),
  named('a path is a package', 'if (!packageName.test(name) || isBuiltin(name)) throw', 'if (isBuiltin(name)) throw'),
  named(
    "one of Node's own is a package",
    'if (!packageName.test(name) || isBuiltin(name)) throw',
    'if (!packageName.test(name)) throw',
  ),
  named(
    'the current directory is looked at',
    '...programDirectory(), __dirname]',
    'process.cwd(), ...programDirectory(), __dirname]',
  ),
  named('the program is not looked at', '...programDirectory(), __dirname]', '__dirname]'),
  named('what a package lacks is the package', '    if (!isMissing(name, cause)) throw cause\n', ''),
  missing('any missing package is this one', " && String(message).includes(`'${packageName}'`)", ''),
  register('it may come too late', '  if (chosen) {', '  if (false) {'),
  register('a name may be taken', 'candidates().some((candidate) => isNamed(candidate, taken))', 'false'),
  register('only the name may be taken', 'for (const taken of [name, holder]) {', 'for (const taken of [name]) {'),
  register(
    'the last comes first',
    '[...at(false), ...knownBackends, ...at(true)]',
    '[...at(false), ...at(true), ...knownBackends]',
  ),
  register(
    'it has no name',
    "if (typeof name !== 'string' || name === '') throw new ValueError('A backend needs a name')",
    '',
  ),
  register('load() has no this', 'load: () => backend.load(), loadWake', 'load, loadWake'),
  register('the wake is not given', 'loadWake: () => wake }', 'loadWake: () => undefined }'),
  selectorClass('the first of several is taken', 'if (another !== undefined) {', 'if (false) {'),
  selectorClass(
    'a class twice exported is two',
    'const [selectorClass, another] = new Set(Object.values(module).filter(isSelectorClass))',
    'const [selectorClass, another] = Object.values(module).filter(isSelectorClass)',
  ),
  selectorClass('a class without supports is one', 'Object(supports) === supports && methods', 'methods'),
  unavailable('reasons are not listed', "`${title}:${reasons.join('')}`", '`${title}`'),
  describes('all lines are shown', "return text.split('\\n', 1)[0] as string", 'return text'),

  epoll('a closed one can be used', 'if (this.#closed) throw new', 'if (false) throw new'),
  epoll('closing leaves what was added', '    this.#selector?.removeAll(this)\n', ''),
  epoll('any callback is one', "if (typeof callback !== 'function')\n", 'if (false)\n'),
  compatShared(
    'removing all removes what others have added',
    'if (data.owner === owner) this.remove(fd, owner)',
    'this.remove(fd, data.owner)',
  ),
  compatShared(
    'only the first is removed',
    'for (const { fd, data } of [...this.#keys.values()]) if (data.owner === owner) this.remove(fd, owner)',
    'for (const { fd, data } of [...this.#keys.values()].slice(0, 1)) if (data.owner === owner) this.remove(fd, owner)',
  ),
  compatShared(
    'anybody may remove it',
    'if (this.#keys.get(fd)?.data.owner !== owner) throw',
    'if (!this.#keys.has(fd)) throw',
  ),
  compatShared('a changed one is called back', '    if (this.#keys.get(key.fd) !== key) return\n', ''),
  compatShared('the process stays alive', '    this.#end?.abort()\n', ''),
  compatShared('it does not wait again', '    this.#end?.abort()\n    this.#end = undefined', '    this.#end?.abort()'),
  compatShared('after a refusal it is not tried again', '    this.#end = undefined\n    for', '    for'),
  compatShared(
    'a refusal tells one',
    'for (const { fd, data } of [...this.#keys.values()]) call(data, error, fd, 0)',
    'for (const { fd, data } of [...this.#keys.values()].slice(0, 1)) call(data, error, fd, 0)',
  ),
  compatShared('what was closed cannot be added', '      this.#forgetClosed(fd)\n', ''),
  compatShared(
    'what is thrown ends the loop',
    '    queueMicrotask(() => {\n      throw thrown\n    })',
    '    throw thrown',
  ),
  compatShared(
    'what is thrown is swallowed',
    '    queueMicrotask(() => {\n      throw thrown\n    })',
    '    void thrown',
  ),
  compatShared('what is thrown comes after the rest', '          await undefined\n', ''),
  compatShared('a hang-up that was not asked for spins', '    else this.#ignoreHangUp(key)\n', ''),
  compatShared(
    'the other side that ends is a hang-up',
    '(data.events & EPOLLRDHUP) | (isHungUp(fd) ? EPOLLHUP : 0)',
    '(data.events & EPOLLRDHUP) | EPOLLHUP',
  ),
  compatShared('the other side that ends is told to all', '(data.events & EPOLLRDHUP) |', 'EPOLLRDHUP |'),
  compatShared('the probe keeps what it looks at', '    probe.unregister(fd)\n', ''),
  compatShared(
    'modify() leaves what is refused alive',
    '    } finally {\n      this.#endWithLast()\n    }\n  }\n\n  #endWithLast',
    '    } finally {\n    }\n  }\n\n  #endWithLast',
  ),
  events('any number is a mask', ' || (events & ~KNOWN) !== 0) {', ') {'),
  events(
    'EPOLLET is not known as it is negative',
    '(events >>> 0 !== events && (events | 0) !== events)',
    'events >>> 0 !== events',
  ),
  events('errors are not told', 'mask | ours : mask), UNASKED)', 'mask | ours : mask), EVENT_HANGUP)'),
]
