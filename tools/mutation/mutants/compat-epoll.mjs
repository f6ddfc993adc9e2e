// Mistakes in @selectors/compat-epoll.
import { mutantsOf } from './tests.mjs'

const ofCompat = (file) => mutantsOf(`packages/compat-epoll/src/${file}`, ['compat-epoll'], ['compat-epoll'])
const epoll = ofCompat('epoll.ts')
const compatShared = ofCompat('shared-selector.ts')
const events = ofCompat('events.ts')

export const compatEpoll = [
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
