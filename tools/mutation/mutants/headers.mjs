// Mistakes in the other headers that all bindings share, except for those in waiting beside the event loop.
import { all, ends, mutantsOf, onSockets, own, program, racing, suite } from './tests.mjs'

const of = (file, backend, ...tests) => mutantsOf(`packages/core/native/${file}`, [`${backend}/native`], ...tests)
const binding = of(
  'selectors/binding.h',
  'epoll',
  ['epoll', 'test/interface'],
  all('under-select', 'decorated', 'collected'),
  suite('epoll'),
  ends('epoll'),
)
const wakeup = of(
  'selectors/internal/wakeup.h',
  'poll',
  program('end the waits'),
  suite('poll'),
  all('no-memory', 'wake'),
  racing,
)
const wakeupOfSet = of('selectors/internal/wakeup.h', 'epoll', ['epoll', 'test/nesting'])
const wakeupOfCopies = of('selectors/internal/wakeup.h', 'epoll', ['epoll', 'test/wake-copies'])
const copies = of(
  'selectors/internal/wakeup_table.h',
  'epoll',
  program('end the waits'),
  ['epoll', 'test/wake-copies'],
  suite('epoll'),
  all('wake'),
)
const wakeFd = of(
  'linux/selectors/internal/wake_fd.h',
  'poll',
  program('end the waits'),
  suite('poll'),
  all('stray-close', 'handed-down'),
)
const deadline = of('selectors/deadline.h', 'poll', program('deadlines'), own('poll'), suite('poll'), ends('poll'))
const pollEvents = of('posix/selectors/poll_events.h', 'poll', program('readiness'), suite('poll'), onSockets('poll'))
const always = of('posix/selectors/always_ready.h', 'epoll', program('always-ready'), suite('epoll'), own('epoll'))
const image = of('posix/selectors/internal/image.h', 'epoll', ['epoll', 'test/wake-copies'], suite('epoll'))

export const headers = [
  binding('an object is closed under its wait', 'return entry->waits ? -EBUSY : 0;', 'return 0;'),
  binding('an object stays busy after a wait', '    entry->waits = false;\n', ''),
  binding('a buffer without memory is attached', 'if (length < 2) return -EFAULT;', ''),
  binding('any array is attached', 'if (type != napi_int32_array) return -EINVAL;', ''),
  binding('the buffer may be collected', 'if (!Keep(env, array, entry->ready)) return -EINVAL;', ''),
  binding('the objects of a thread that ends stay', 'for (Entry* entry : entries_) Owned<Entry>{entry};', ''),
  binding('a closed one stays', 'std::exchange(entries_[call_.id()], nullptr)', 'entries_[call_.id()]'),
  binding(
    'the last number is not given out again',
    'while (id < entries_.size() && entries_[id] != nullptr) id++;',
    'id = entries_.size();',
  ),
  wakeup('a wake-up before the pause of a thread gets lost', '    if (IsPending()) fd_.Raise();\n', ''),
  wakeup('a wake-up that is owed does not end a pause', 'return pending_ || owed_;', 'return pending_;'),
  wakeup('each waker() publishes another', 'if (token_ == 0) token_ = Pub', 'token_ = Pub'),
  wakeup('an object that is gone is woken', 'if (token_ != 0) PublishedWakeups::Instance().Remove(token_);', ''),
  wakeup('many calls count as many', 'if (!pending_.exchange(true)) fd_.Raise();', 'fd_.Raise();'),
  wakeup('it is never lowered', '    fd_.Lower();\n    const bool pending = ', '    const bool pending = '),
  wakeup(
    'a blocking wait takes what an asynchronous one is owed',
    'owed_ = leaves_owed && (pending || owed);',
    'owed_ = leaves_owed && owed;',
  ),
  wakeup(
    'what is owed once is owed for ever',
    'owed_ = leaves_owed && (pending || owed);',
    'owed_ = owed || (leaves_owed && pending);',
  ),
  wakeup('what is owed to another ends a wait', 'return pending || (owed && !leaves_owed);', 'return pending || owed;'),
  wakeup('what is owed is not looked into', '    if (owed_) fd_.Raise();\n', ''),
  wakeup('what is owed ends the next wait too', '    if (owed_) RaiseIfPending();', ''),
  wakeup('what is owed outlives its wait', 'if (owed_.exchange(false)) RaiseIfPending();', ''),
  wakeupOfSet('what is forgiven stays raised', 'if (owed_.exchange(false)) RaiseIfPending();', 'owed_ = false;'),
  wakeup(
    'the nearest token is woken',
    'place != wakeups_.end() && place->token == token ?',
    'place != wakeups_.end() ?',
  ),
  wakeupOfCopies(
    'what is in another copy is not found',
    'if (copy != &copy_ && copy->wake(token)) return true;',
    'if (copy != &copy_ && copy->wake(token)) return false;',
  ),
  wakeupOfCopies('a copy is not in the table', '    table_.first = &copy_;\n', ''),
  copies(
    'each copy has a table',
    'static_cast<WakeupTable*>(first ? first : OwnWakeupTable())',
    'static_cast<WakeupTable*>(first ? OwnWakeupTable() : first)',
  ),
  copies('tokens begin with 1', 'static_cast<double>(duration_cast<std::chrono::microseconds>(now).count())', '0'),
  image(
    'a copy is unloaded with its thread',
    '::dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD) != nullptr',
    'info.dli_fname != nullptr',
  ),
  wakeFd(
    'one of the numbers may be in use',
    'return is(event_.get()) || is(polled_.get());',
    'return is(polled_.get());',
  ),
  wakeFd('reading blocks', 'EFD_CLOEXEC | EFD_NONBLOCK', 'EFD_CLOEXEC'),
  wakeFd('it is inherited', 'EFD_CLOEXEC | EFD_NONBLOCK', 'EFD_NONBLOCK'),
  wakeFd('the polled one is inherited', 'F_DUPFD_CLOEXEC', 'F_DUPFD'),
  wakeFd('what belongs to other code is closed', 'if (!IsAnonymousFile(fd->get())) fd->Release();', ''),
  wakeFd('what belongs to other code is written to', '    if (!IsAnonymousFile(fd)) return false;\n', ''),
  wakeFd('what was closed is not found', 'return IsAnonymousFile(event_.get()) ? -1 : event_.get();', 'return -1;'),
  wakeFd(
    'what is polled and was closed is not found',
    '    if (!IsAnonymousFile(polled_.get())) return polled_.get();\n',
    '',
  ),
  deadline('timeouts are rounded down', 'std::ceil(seconds * 1e9)', 'std::floor(seconds * 1e9) - 1'),
  deadline('milliseconds are rounded down', "(time.count() + 999'999) / 1'000'000", "time.count() / 1'000'000"),
  deadline('a slice takes half a second', 'std::chrono::milliseconds(50)', 'std::chrono::milliseconds(500)'),
  deadline('a long time has passed', 'seconds < 0 || seconds > kLongest ? kNever', 'seconds < 0 ? kNever'),
  deadline('a wait ends after its first slice', 'Clock::now() >= end_', 'true'),
  pollEvents(
    'a hang-up is no event',
    'return revents & ~kPlain ? ToRareMask(revents, events) :',
    'return false ? ToRareMask(revents, events) :',
  ),
  pollEvents(
    'what is not open is not everything',
    'if (revents & POLLNVAL) return events & ~kModes;',
    'if (revents & POLLNVAL) return 0;',
  ),
  pollEvents(
    'modes are reported',
    'if (revents & POLLNVAL) return events & ~kModes;',
    'if (revents & POLLNVAL) return events;',
  ),
  pollEvents('an error is not ready', 'if (!(revents & (POLLHUP | POLLERR)))', 'if (!(revents & POLLHUP))'),
  pollEvents('an error is no priority', 'ready |= kReadWrite | kEventPriority;', 'ready |= kReadWrite;'),
  pollEvents(
    'what nothing waits for is reported',
    'return ready & events ? ready & events :',
    'return ready & events ? ready :',
  ),
  pollEvents('an end that nothing waits for is nothing', ': events & (kEventHangup | kEventError);', ': 0;'),
  pollEvents(
    'the other side that ends is no hang-up',
    '{kEventHangup, kPollRdHup | POLLHUP}',
    '{kEventHangup, POLLHUP}',
  ),
  always('another file under the number is reported', '      if (!IsCurrent(fd, watched)) {', '      if (false) {'),
  always(
    'what is spent is reported',
    'ready.Push(fd, mask) && watched.events & (kOneShot | kEdgeTriggered)',
    'ready.Push(fd, mask) && false',
  ),
  always('modify() does not arm', '    watched->armed = true;\n', ''),
  always('modify() takes another file', 'watched == nullptr || !IsCurrent(fd, *watched)', 'watched == nullptr'),
  always('the beacon stays raised', '      beacon_->Lower();\n', ''),
  always(
    'what is removed raises the beacon',
    '    watched_.Erase(fd);\n    Update();\n  }\n\n  // Reports',
    '    watched_.Erase(fd);\n  }\n\n  // Reports',
  ),
  always(
    'the beacon takes a number in use',
    'OpenApart(beacon_, is_taken)',
    'OpenApart(beacon_, [](int) { return false; })',
  ),
  always('a beacon that is not watched stays', '    if (result < 0) beacon_.reset();\n', ''),
]
