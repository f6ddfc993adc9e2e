// Mistakes in the backends that Linux runs.
import { all, mutantsOf, onSockets, own, suite } from './tests.mjs'

const of = (name, file, ...more) =>
  mutantsOf(`packages/${name}/native/${file}`, [`${name}/native`], suite(name), own(name), onSockets(name), ...more)

const epoll = of('epoll', 'epoll.cc', all('no-memory'))
const epollSet = of('epoll', 'epoll_set.h', all('handed-down', 'stray-close', 'faults'))
const queuedSet = of('epoll', 'queued_set.h', all('stray-close', 'handed-down'))
const epollWait = of('epoll', 'epoll_wait.h', all('no-memory', 'faults'))
const interest = of('epoll', 'interest.h')
const poll = of('poll', 'poll.cc', all('pollers', 'no-memory'))
const pollFor = of('poll', 'posix/poll_for.h')
const select = of('select', 'select.cc', all('pollers', 'no-memory'))

const sources = (name, ...tests) =>
  mutantsOf(`packages/${name}/src/${name}-selector.ts`, [name], own(name), suite(name), ...tests)

export const backends = [
  epollSet('the sets are inherited', 'set_.Reset(::epoll_create1(EPOLL_CLOEXEC));', 'set_.Reset(::epoll_create1(0));'),
  epollSet(
    'every refusal means closed',
    'return result == -EBADF || result == -EPERM || result == -ELOOP || result == -EINVAL ? 0 : result;',
    'return 0;',
  ),
  epollSet('a regular file is a refusal', '|| result == -EPERM ', ''),
  epollSet('a selector above is a refusal', ' || result == -ELOOP', ''),
  epollSet('what wakes too many is a refusal', ' || result == -EINVAL ?', ' ?'),
  epollSet('what is lost is closed all the same', '    if (IsLost()) set_.Release();\n', ''),
  epollSet('edges are levels', 'if (events & selectors::kEdgeTriggered) event.events |= EPOLLET;', ''),
  epollSet('one-shots go on', 'if (events & selectors::kOneShot) event.events |= EPOLLONESHOT;', ''),
  epollSet('EXCLUSIVE is ignored', 'if (events & selectors::kExclusive) event.events |= EPOLLEXCLUSIVE;', ''),
  epollSet(
    'what replaces takes no modes',
    'return result < 0 ? result : Add(fd, interest);',
    'return result < 0 ? result : Add(fd, {interest.events & selectors::kReadWrite, interest.generation});',
  ),
  queuedSet(
    'a set takes a number in use',
    'return selectors::OpenApart(set, [&](int number) { return interests.Find(number) != nullptr; });',
    'return selectors::OpenApart(set, [](int) { return false; });',
  ),
  queuedSet(
    'what was closed is in the new set',
    'if (result == 1) result = set->Add(number, interest);',
    'if (result >= 0) result = set->Add(number, interest);',
  ),
  queuedSet(
    'the beacon is not in the new set',
    'if (result == 0 && beacon >= 0) result = set->Add(beacon',
    'if (false) result = set->Add(beacon',
  ),
  queuedSet('the queue does not follow', 'if (result == 0 && queue_.fd() >= 0)', 'if (false)'),
  queuedSet('the queue has both sets for a moment', '    (void)queue_.Remove(fd());\n', ''),
  queuedSet('each fileno() is another', '    if (queue_.fd() >= 0) return queue_.fd();\n', ''),
  queuedSet('the queue stays open', '    queue_.Close();\n', ''),
  queuedSet('the set that was closed is not found', 'if (fd() >= 0 && IsLost()) return fd();', ''),
  queuedSet(
    'the queue that was closed is not found',
    'return queue_.fd() >= 0 && queue_.IsLost() ? queue_.fd() : -1;',
    'return -1;',
  ),
  epoll('generations are not compared', 'interest->generation == generation', 'true'),
  epoll('generations are all alike', 'if (++next_generation_ == Interest::kBeacon) next_generation_ = 0;', ''),
  epoll('a stale registration is not taken over', 'if (refusal == -EEXIST) return set_.Replace(fd, interest);', ''),
  epoll('the set is not rebuilt', 'int result = set_.Rebuild(interests_, always_.beacon());', 'int result = 0;'),
  epoll(
    'what is ready beside something stale is lost',
    'if (ready.size() > 0) return static_cast<int>(ready.size());',
    '',
  ),
  epoll('a set that cannot be rebuilt is no error', 'return result < 0 ? result : -EINTR;', 'return -EINTR;'),
  epoll(
    'the queue can be registered',
    'if (fd == set_.queue() || fd == always_.beacon()) return -EINVAL;',
    'if (fd == always_.beacon()) return -EINVAL;',
  ),
  epoll(
    'the beacon can be registered',
    'if (fd == set_.queue() || fd == always_.beacon()) return -EINVAL;',
    'if (fd == set_.queue()) return -EINVAL;',
  ),
  epoll('a table is not reserved before the call', '    if (!interests_.Reserve(fd)) return -ENOMEM;\n', ''),
  epoll('what is refused changes the interest', 'if (result == 0) *interest = changed;', '*interest = changed;'),
  epoll('the interest does not change', 'if (result == 0) *interest = changed;', ''),
  epoll('what was removed is reported', '    interests_.Erase(fd);\n    int result', '    int result'),
  epoll('what is always ready is not removed', 'if (result < 0) always_.Remove(fd);', ''),
  epoll('what is always ready is not reported', 'if (always) always_.Report(ready);', ''),
  epoll(
    'a shot is not spent',
    'if (ready.Push(fd, selectors::ToMask(revents, interest.events))) interest.events |= kSpent;',
    'ready.Push(fd, selectors::ToMask(revents, interest.events));',
  ),
  epoll('a spent shot hangs up', 'if (interest.events & kSpent) return;', ''),
  epoll(
    'what has taken the number of something exclusive is watched',
    'if (result < 0) return result;\n    result = set_.Add(fd, changed)',
    'if (result == 0) result = set_.Add(fd, changed)',
  ),
  epoll('EXCLUSIVE cannot be changed', 'if (refusal != -EINVAL) return refusal;', 'return refusal;'),
  epoll(
    'what cannot be replaced is in no set',
    '    if (result < 0) (void)set_.Add(fd, before);\n',
    '',
    all('faults', 'exhaustion'),
  ),
  epoll('any file is always ready', 'return refusal == -EPERM && takes_any_ ?', 'return refusal == -EPERM ?'),
  epoll('any refusal is always ready', 'return refusal == -EPERM && takes_any_ ?', 'return takes_any_ ?'),
  epoll(
    'what is always ready cannot be modified',
    'if (refusal == -EPERM) return always_.Modify(fd, changed.events);',
    '',
  ),
  epollWait(
    'an old kernel is an error',
    'if (errno != ENOSYS && errno != EPERM) return -errno;',
    'if (errno != EPERM) return -errno;',
  ),
  epollWait(
    'a filter is an error',
    'if (errno != ENOSYS && errno != EPERM) return -errno;',
    'if (errno != ENOSYS) return -errno;',
  ),
  epollWait('every refusal is an old kernel', 'if (errno != ENOSYS && errno != EPERM) return -errno;', ''),
  epollWait('nanoseconds are not used', 'bool nanoseconds_ = true;', 'bool nanoseconds_ = false;'),
  epollWait('the first look is the wait', 'if (count != 0) return count;', 'return count;'),
  interest(
    'descriptors and generations are mixed',
    'static_cast<uint64_t>(generation) << 32',
    'static_cast<uint64_t>(generation) << 16',
  ),
  interest(
    'one-shots are not told apart',
    'events & selectors::kOneShot ? generation | kShot : generation',
    'generation',
  ),
  poll('the gap is not filled', 'polled_[*place] = polled_.back();', ''),
  poll('the events of what fills a gap are lost', '    events_[*place] = events_.back();\n', ''),
  poll('what fills a gap is not found', '*places_.Find(FdOf(polled_.back())) = *place;', ''),
  poll(
    'what fills a gap is muted',
    'return polled.fd < 0 ? ~polled.fd : polled.fd;',
    'return polled.fd < 0 ? -polled.fd : polled.fd;',
  ),
  poll('what is removed is found', '    places_.Erase(fd);\n', ''),
  poll('one less is reported', 'for (size_t i = 0; left > 0 &&', 'for (size_t i = 0; left > 1 &&'),
  poll('shots go on', 'if (events & selectors::kOneShot) Mute(polled);', ''),
  poll(
    'shots that did not fit are spent',
    'if (mask != 0 && !ready.Push(polled.fd, mask)) break;\n      if',
    'const bool fits = mask == 0 || ready.Push(polled.fd, mask);\n      if (!fits && !(events & selectors::kOneShot)) break;\n      if',
  ),
  poll('modify() keeps the events', '    events_[place] = events;\n', ''),
  poll(
    'modify() does not arm',
    'polled_[place] = {fd, ToBits(events), 0};',
    'polled_[place] = {polled_[place].fd, ToBits(events), 0};',
  ),
  poll('without room it is added', 'if (!has_room) return -ENOMEM;', 'if (!has_room) return 0;'),
  poll('a refused wait is a timeout', 'if (left < 0) return -errno;', 'if (left < 0) return 0;'),
  pollFor(
    'timeouts above 10 ms are rounded up',
    'if (selectors::IsWholeMilliseconds(timeout)) {',
    'if (selectors::IsWholeMilliseconds(timeout) || timeout > std::chrono::milliseconds(10)) {',
  ),
  select('what was not counted is reported', 'left -= reads + writes + urges;', 'left--;'),
  select('FD_SETSIZE is taken', 'if (fd >= FD_SETSIZE) return -ERANGE;', 'if (fd > FD_SETSIZE) return -ERANGE;'),
  select(
    'the highest is not taken',
    'if (fd >= FD_SETSIZE) return -ERANGE;',
    'if (fd >= FD_SETSIZE - 1) return -ERANGE;',
  ),
  select(
    'modify() only adds',
    '    Exclude(fd);\n    Include(fd, events);\n    return 0;',
    '    Include(fd, events);\n    return 0;',
  ),
  select('the highest one is not looked at', 'fds_.back() + 1', 'fds_.back()'),
  select('what is removed is watched on', '    fds_.Erase(place);\n    Exclude(fd);', '    fds_.Erase(place);'),
  select('shots go on', 'if (kRare && FD_ISSET(fd, &shots_)) Exclude(fd);', ''),
  select('shots are not forgotten', '    FD_CLR(fd, &shots_);\n', ''),
  select('priority is not forgotten', '    FD_CLR(fd, &urgent_);\n', ''),
  select(
    'priority is not looked for',
    'return rare_count_ > 0 ? WaitFor<true>',
    'return rare_count_ > 1 ? WaitFor<true>',
  ),
  select('priority is reading', '(urges ? kEventPriority : 0)', '(urges ? kEventRead : 0)'),
  select(
    'not open is not found',
    'if (place == fds_.end() || *place != fd) return -ENOENT;',
    'if (place == fds_.end()) return -ENOENT;',
  ),
  sources('epoll')(
    'it says that it has no EXCLUSIVE',
    'EDGE_TRIGGERED | ONE_SHOT | EXCLUSIVE',
    'EDGE_TRIGGERED | ONE_SHOT',
  ),
  sources('select', all('pollers'))(
    'it takes the options for nothing',
    'nativePoller(backend, options)',
    'nativePoller(backend)',
  ),
]
