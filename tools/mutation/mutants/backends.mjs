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
const epollSet = mutant('epoll', 'epoll_set.h')
const queuedSet = mutant('epoll', 'queued_set.h')
const epollWait = mutant('epoll', 'epoll_wait.h', all('no-memory'))
const poll = mutant('poll', 'poll.cc', all('no-memory'))
const pollFor = mutant('poll', 'posix/poll_for.h')
const select = mutant('select', 'select.cc', all('no-memory'))
const pollOfMacos = (file) => (what, from, to) => ({
  file: `packages/poll/native/darwin/${file}`,
  what,
  from,
  to,
  builds: ['poll/emulated'],
  tests: [
    ['poll', 'test/macos'],
    ['poll', 'test/systems', '-t', 'as on macos PollSelector (special files|on a pipe events of a hang-up)'],
  ],
})
const pollable = pollOfMacos('pollable.h')
const pollForMacos = pollOfMacos('poll_for.h')

export const backends = [
  pollable('a device is taken on macOS', 'return is_invalid && ::fcntl(fd, F_GETFD) >= 0 ? -EINVAL : 0;', 'return 0;'),
  pollable('what is not open is refused on macOS', ' && ::fcntl(fd, F_GETFD) >= 0', ''),
  pollable('a named FIFO is taken on macOS', '  if (selectors::IsNamedFifo(fd)) return -EINVAL;\n', ''),
  pollForMacos(
    'a spent note is slept on, on macOS',
    '  if (std::any_of(polled.begin(), polled.end(), IsOnLookout)) timeout = std::min(timeout, selectors::kSlice);\n',
    '',
  ),
  epollSet('the sets are inherited', 'set_.Reset(::epoll_create1(EPOLL_CLOEXEC));', 'set_.Reset(::epoll_create1(0));'),
  epollSet(
    'every refusal means closed',
    'return result == -EBADF || result == -EPERM || result == -ELOOP ? 0 : result;',
    'return 0;',
  ),
  epollSet('a regular file is a refusal', '|| result == -EPERM ', ''),
  queuedSet('the own number is a refusal', 'if (result < 0 || number == fd()) return;', 'if (result < 0) return;'),
  epoll('generations are not compared', 'interest->generation == generation', 'true'),
  epoll('a stale registration is not taken over', 'if (refusal == -EEXIST) return set_.Replace(fd, interest);', ''),
  epoll('the set is not rebuilt', 'int result = set_.Rebuild(interests_, always_.beacon());', 'int result = 0;'),
  queuedSet('the queue does not follow', 'if (result == 0 && queue_.fd() >= 0)', 'if (false)'),
  epoll('itself can be registered', 'if (fd == set_.queue() || fd == always_.beacon()) return -EINVAL;', ''),
  epoll('a table is not reserved before the call', '    if (!interests_.Reserve(fd)) return -ENOMEM;\n', ''),
  epollWait(
    'an old kernel is an error',
    'if (errno != ENOSYS && errno != EPERM) return -errno;',
    'if (errno != EPERM) return -errno;',
  ),
  epollWait('nanoseconds are not used', 'bool nanoseconds_ = true;', 'bool nanoseconds_ = false;'),
  poll('the gap is not filled', 'polled_[*place] = polled_.back();', ''),
  poll('what fills a gap is not found', '*places_.Find(FdOf(polled_.back())) = *place;', ''),
  poll('one less is reported', 'for (size_t i = 0; left > 0 &&', 'for (size_t i = 0; left > 1 &&'),
  pollFor(
    'timeouts above 10 ms are rounded up',
    'if (selectors::IsWholeMilliseconds(timeout)) {',
    'if (selectors::IsWholeMilliseconds(timeout) || timeout > std::chrono::milliseconds(10)) {',
  ),
  select('what was not counted is reported', 'left -= reads + writes + urges;', 'left--;'),
  select('FD_SETSIZE is taken', 'if (fd >= FD_SETSIZE) return -ERANGE;', 'if (fd > FD_SETSIZE) return -ERANGE;'),
  select(
    'modify() only adds',
    '    Exclude(fd);\n    Include(fd, events);\n    return 0;',
    '    Include(fd, events);\n    return 0;',
  ),
  select('the highest one is not looked at', 'fds_.back() + 1', 'fds_.back()'),
  select('what is removed is watched on', '    fds_.Erase(place);\n    Exclude(fd);', '    fds_.Erase(place);'),
]
