// Mistakes in the headers that all bindings share.
import { all, own, suite, threads } from './tests.mjs'

const headers = 'packages/core/native'
const mutant =
  (file, backend, ...tests) =>
  (what, from, to) => ({ file: `${headers}/${file}`, what, from, to, builds: [`${backend}/native`], tests })

const binding = mutant('selectors/binding.h', 'epoll', all('under-select', 'decorated', 'collected'), suite('epoll'))
const table = mutant('selectors/fd_table.h', 'poll', own.poll, all('no-memory'))
const memory = mutant('selectors/memory.h', 'poll', own.poll, all('no-memory'), suite('poll'))
const object = mutant('selectors/internal/poller.h', 'poll', suite('poll'), all('no-memory'))
const wake = mutant('selectors/internal/wakeup.h', 'poll', threads('poll'), all('no-memory'))
const wakeFd = mutant('linux/selectors/internal/wake_fd.h', 'poll', threads('poll'))
const deadline = mutant('selectors/deadline.h', 'poll', suite('poll'))
const ready = mutant('selectors/ready_list.h', 'poll', suite('poll'))
const pollEvents = mutant('posix/selectors/poll_events.h', 'poll', suite('poll'))
const loopAlarm = mutant('posix/selectors/internal/loop_alarm.h', 'epoll', ['epoll', 'test/loop'])

export const native = [
  loopAlarm(
    'a loop that has failed is taken to poll',
    'alarm.state_ = State::kRefused;',
    'alarm.state_ = State::kPolled;',
  ),
  binding('an object is closed under its wait', 'return entry->waits ? -EBUSY : 0;', 'return 0;'),
  binding('an object stays busy after a wait', '    entry->waits = false;\n', ''),
  binding('a buffer without memory is attached', 'if (length < 2) return -EFAULT;', ''),
  table(
    'numbers of one page are confused with those of another',
    'return static_cast<size_t>(fd) / kFanOut % kFanOut;',
    'return 0;',
  ),
  table('lists reach up to 65536', 'static constexpr int kLow = 1024;', 'static constexpr int kLow = 1 << 16;'),
  table(
    'a root that grows forgets its branches',
    'if (branches_ > 0) std::memcpy(root, root_, branches_ * sizeof(Branch*));',
    '',
  ),
  memory(
    'there is always memory for a list',
    'if (items == nullptr) return false;',
    'if (items == nullptr) std::abort();',
  ),
  memory(
    'an inserted one takes the place of another',
    'std::memmove(static_cast<void*>(items_ + index + 1), items_ + index, (size_ - index) * sizeof(T));',
    '',
  ),
  object(
    'unknown events are passed on',
    'if (events & ~Backend::kEvents || (wakeup_ && fd == wakeup_->fd())) return -EINVAL;',
    '',
  ),
  object('a table is not reserved before the call', '    if (!kept_.Reserve(fd)) return -ENOMEM;\n', ''),
  object(
    'a wait is over after one slice',
    'if (result != -EINTR && (result != 0 || deadline.HasPassed())) return result;',
    'if (result != -EINTR) return result;',
  ),
  object('an interrupted wait is over', 'if (result != -EINTR && (', 'if (('),
  object('a wait goes on in a thread that ends', 'if (slice > Nanoseconds::zero() && !may_go_on()) return 0;', ''),
  object('the wake is reported', '    ready_.Hide(wakeup_->fd());\n    return 0;', '    return 0;'),
  object(
    'a number that is registered is taken for the wake',
    'if (result < 0 || !kept_.Has(wakeup->fd())) return result;',
    'return result;',
  ),
  wake('a wake-up before the pause of a thread gets lost', '    if (pending_) fd_.Raise();\n', ''),
  wake('each waker() publishes another', 'if (token_ == 0) token_ = Pub', 'token_ = Pub'),
  wake('an object that is gone is woken', 'if (token_ != 0) PublishedWakeups::Instance().Remove(token_);', ''),
  wake('many calls count as many', 'if (!pending_.exchange(true)) fd_.Raise();', 'fd_.Raise();'),
  wake('the nearest token is woken', 'place != wakeups_.end() && place->token == token ?', 'place != wakeups_.end() ?'),
  wakeFd('reading blocks', 'EFD_CLOEXEC | EFD_NONBLOCK', 'EFD_CLOEXEC'),
  deadline('timeouts are rounded down', 'std::ceil(seconds * 1e9)', 'std::floor(seconds * 1e9) - 1'),
  deadline('milliseconds are rounded down', "(time.count() + 999'999) / 1'000'000", "time.count() / 1'000'000"),
  ready(
    'there is no end of the buffer',
    'if (size_ == capacity_) return false;',
    'if (size_ + 1 >= capacity_) return false;',
  ),
  ready('events are written first', 'numbers_[2 * size_] = fd;', 'numbers_[2 * size_] = fd + 1;'),
  pollEvents(
    'a hang-up is no event',
    'return revents & ~kPlain ? ToRareMask(revents, events) :',
    'return false ? ToRareMask(revents, events) :',
  ),
]
