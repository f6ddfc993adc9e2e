// Mistakes in the backends of other systems, which are tested over something that stands for the kernel.
import { mutantsOf, own, suite } from './tests.mjs'

const of = (name, file, inSuite) =>
  mutantsOf(`packages/${name}/native/${file}`, [`${name}/emulated`], own(name), inSuite)
/** The suite as it is on one system, and what another one makes a difference to. */
const onSystems = [
  'kqueue',
  'test/conformance.test.ts',
  '-t',
  'on (macos KqueueSelector (on a pipe|[^o])|openbsd KqueueSelector on a pipe hang-ups)',
]
const ofKqueue = (file) => of('kqueue', file, onSystems)

const kqueue = ofKqueue('kqueue.cc')
const filters = ofKqueue('filters.h')
const found = ofKqueue('found.h')
const interest = ofKqueue('interest.h')
const nesting = ofKqueue('nesting.h')
const system = ofKqueue('system.h')
const openQueue = ofKqueue('fcntl/open_queue.h')
const devpoll = of('devpoll', 'devpoll.cc', suite('devpoll'))
const devpollSet = of('devpoll', 'devpoll_set.h', suite('devpoll'))

const onMacos = (file) =>
  mutantsOf(
    `packages/poll/native/darwin/${file}`,
    ['poll/emulated'],
    ['poll', 'test/macos'],
    ['poll', 'test/systems', '-t', 'as on macos PollSelector (special files|on a pipe events of a hang-up)'],
  )
const pollable = onMacos('pollable.h')
const pollForMacos = onMacos('poll_for.h')

export const emulated = [
  pollable('a device is taken on macOS', 'return is_invalid && ::fcntl(fd, F_GETFD) >= 0 ? -EINVAL : 0;', 'return 0;'),
  pollable('what is not open is refused on macOS', ' && ::fcntl(fd, F_GETFD) >= 0', ''),
  pollable('a named FIFO is taken on macOS', '  if (selectors::IsNamedFifo(fd)) return -EINVAL;\n', ''),
  pollForMacos(
    'a spent note is slept on, on macOS',
    '  if (std::any_of(polled.begin(), polled.end(), IsOnLookout)) timeout = std::min(timeout, selectors::kSlice);\n',
    '',
  ),
  kqueue('what is refused stays', 'if (result < 0) filters_.Delete(fd, interest.filters);', ''),
  kqueue('a device is refused on macOS', ' && system_.devices_by_watermark > 0', ' && false'),
  kqueue(
    'a socket with the number of a device gets a watermark',
    'before.by_watermark && file == File::kDevice',
    'before.by_watermark',
  ),
  kqueue(
    'a pipe with the number of a socket is taken for one',
    ' && !system_.tells_writers_by_reading) return',
    ') return',
  ),
  kqueue('a named FIFO is taken on macOS', '    if (file == File::kNamedFifo) return -EINVAL;\n', ''),
  kqueue(
    'the end of a revoked file is told once',
    '        if (interest->IsOverBy(filters_[i])) KeepEnd(fd, *interest);\n',
    '',
  ),
  system(
    'devices are watched before macOS 12',
    'if (std::atoi(names.release) < found.devices_by_watermark) found.devices_by_watermark = 0;',
    '',
  ),
  nesting('itself can be registered', 'if (inner == this) return -EINVAL;', ''),
  nesting('cycles are taken', '    if (inner->Reaches(this)) return -ELOOP;\n', ''),
  nesting(
    'cycles are looked for directly only',
    'inner.queue == other || inner.queue->Reaches(other)',
    'inner.queue == other',
  ),
  nesting('other descriptors of a queue are not known', '      if (queue->IsAlso(fd)) return queue;\n', ''),
  interest('the writer of a full pipe is not told', 'found |= selectors::kEventWrite;', 'found |= 0;'),
  kqueue('what was removed stays', 'return filters_.Delete(fd, Filters::kAll);', 'return 0;'),
  kqueue('what nobody waits for is reported for ever', '        filters_.Delete(fd, filter);\n', ''),
  kqueue('modify() forgets what it has changed', 'if (result == 0) *interest = changed;', ''),
  filters('what is gone is a refusal', 'if (error != 0 && !gone) return -error;', 'if (error != 0) return -error;'),
  filters('refusals are not looked at', 'if (error != 0 && !gone) return -error;', ''),
  filters('what was refused is gone', '&& unwanted & FilterOf(receipts[i]);', ';'),
  filters(
    'there is room for one filter each',
    'const size_t room = kMost * descriptors;',
    'const size_t room = descriptors;',
  ),
  found(
    'a shot is spent without a report',
    'if (!ready.Push(fd, interest->ready) && interest->events &',
    'if (ready.Push(fd, interest->ready), false && interest->events &',
  ),
  found('what was found is found again', '      interest->ready = 0;\n', ''),
  found(
    'the other filter of a shot goes on',
    'if (interest->events & selectors::kOneShot) interest->Spend(filters, fd);',
    '',
  ),
  found('an end is an edge', '      filters.Add(fd, filter, 0, interest.watch);\n', ''),
  interest(
    'nothing looks out for a hang-up',
    'if (interest.IsOnLookout()) interest.filters |= selectors::kEventRead;',
    '',
  ),
  interest(
    'data is reported to who waits for a hang-up',
    'if ((found & events) != 0 || !ends) return found & events;',
    'if ((found & events) != 0 || !ends) return found;',
  ),
  interest('edges are levels', '(events & selectors::kEdgeTriggered ? EV_CLEAR : 0)', '0'),
  openQueue('the queue is inherited', ' || ::fcntl(queue.get(), F_SETFD, FD_CLOEXEC) < 0 ?', ' ?'),
  devpoll(
    'what is left over is reported',
    'IsWanted(interest) ? selectors::ToMask(set_[i].revents, *interest) : 0',
    'interest ? selectors::ToMask(set_[i].revents, *interest) : 0',
  ),
  devpoll(
    'shots go on',
    'if (ready.Push(fd, mask) && *interest & selectors::kOneShot) Spend(fd, *interest);',
    'ready.Push(fd, mask);',
  ),
  devpoll('what is refused is not renewed', 'if (int result = Renew(); result < 0) return result;', ''),
  devpoll('what is stale is renewed late', '(void)Renew();', ''),
  devpoll(
    'what is refused is registered',
    'if (result == 0) interests_.Insert(fd, events);',
    'interests_.Insert(fd, events);',
  ),
  devpollSet('events are added', '{{fd, POLLREMOVE, 0}, {fd,', '{{fd, 0, 0}, {fd,'),
  devpollSet('a write that failed has been applied', 'if (result < 0) Unset(fd);', ''),
  devpollSet('a part of a write is all', 'return static_cast<size_t>(written) == size ? 0 : -EIO;', 'return 0;'),
  devpollSet('an interrupted write is refused', 'while (written < 0 && errno == EINTR);', 'while (false);'),
  devpollSet(
    'more than the limit is asked for',
    'if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return count;',
    'return count;',
  ),
  devpollSet('the set is inherited', 'O_RDWR | O_CLOEXEC', 'O_RDWR'),
]
