// Mistakes in the backends that Linux runs.
import { all, own, suite } from './tests.mjs'

const mutant =
  (name, file, ...more) =>
  (what, from, to) => ({
    file: `packages/${name}/native/${file}`,
    what,
    from,
    to,
    builds: [`${name}/native`],
    tests: [own[name], suite(name), ...more],
  })

const epoll = mutant('epoll', 'epoll.cc', all('no-memory'))
const poll = mutant('poll', 'poll.cc', all('no-memory'))
const pollFor = mutant('poll', 'ppoll/poll_for.h')
const select = mutant('select', 'select.cc', all('no-memory'))

export const backends = [
  epoll('the first set is inherited', 'set_.Reset(::epoll_create1(EPOLL_CLOEXEC));', 'set_.Reset(::epoll_create1(0));'),
  epoll(
    'the set that was built anew is inherited',
    'selectors::UniqueFd set(::epoll_create1(EPOLL_CLOEXEC));',
    'selectors::UniqueFd set(::epoll_create1(0));',
  ),
  epoll(
    'fileno() is inherited',
    'selectors::UniqueFd queue(::epoll_create1(EPOLL_CLOEXEC));',
    'selectors::UniqueFd queue(::epoll_create1(0));',
  ),
  epoll(
    'every refusal means closed',
    'return result == -EBADF || result == -ENOENT || result == -EPERM;',
    'return result < 0;',
  ),
  epoll('a regular file is a refusal', ' || result == -EPERM;', ';'),
  epoll('the own number is a refusal', 'if (result < 0 || fd == set_.get()) return;', 'if (result < 0) return;'),
  epoll(
    'generations are not compared',
    'interest == nullptr || interest->generation != events_[i].data.u64 >> 32',
    'interest == nullptr',
  ),
  epoll(
    'a stale registration is not taken over',
    'if (result == -EEXIST) result = Control(set_.get(), EPOLL_CTL_MOD, fd, interest);',
    '',
  ),
  epoll('the set is not built anew', '    int result = Rebuild();\n', '    int result = 0;\n'),
  epoll('the queue does not follow', 'if (result == 0 && queue_.get() >= 0) {', 'if (false) {'),
  epoll('itself can be registered', 'if (fd == queue_.get()) return -EINVAL;', ''),
  epoll(
    'an old kernel is an error',
    'if (errno != ENOSYS && errno != EPERM) return -errno;',
    'if (errno != EPERM) return -errno;',
  ),
  epoll('nanoseconds are not used', 'bool nanoseconds_ = true;', 'bool nanoseconds_ = false;'),
  poll('the gap is not filled', 'polled_[*place] = polled_.back();', ''),
  poll('what fills a gap is not found', '*places_.Find(polled_.back().fd) = *place;', ''),
  poll('one less is reported', 'for (size_t i = 0; left > 0 &&', 'for (size_t i = 0; left > 1 &&'),
  pollFor(
    'timeouts above 10 ms are rounded up',
    'if (selectors::IsWholeMilliseconds(timeout)) {',
    'if (selectors::IsWholeMilliseconds(timeout) || timeout > std::chrono::milliseconds(10)) {',
  ),
  select('what was not counted is reported', 'left -= reads + writes;', 'left--;'),
  select('FD_SETSIZE is taken', 'if (fd >= FD_SETSIZE) return -ERANGE;', 'if (fd > FD_SETSIZE) return -ERANGE;'),
  select(
    'modify() only adds',
    '    Exclude(fd);\n    Include(fd, events);\n    return 0;',
    '    Include(fd, events);\n    return 0;',
  ),
  select('the highest one is not looked at', 'fds_.back() + 1', 'fds_.back()'),
  select('what is removed is watched on', '    fds_.Erase(place);\n    Exclude(fd);', '    fds_.Erase(place);'),
]
