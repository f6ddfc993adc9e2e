// Mistakes in how a blocking wait asks whether its thread may go on, and in what else a wait is made of.
import { all, ends, mutantsOf, own, program, suite } from './tests.mjs'

const of = (file, backend, ...tests) => mutantsOf(`packages/core/native/${file}`, [`${backend}/native`], ...tests)
const ofEpoll = [program('poller'), ['epoll', 'test/vigil'], suite('epoll'), ends('epoll')]
const vigil = of('selectors/internal/vigil.h', 'epoll', ...ofEpoll)
const poller = of('selectors/internal/poller.h', 'epoll', ...ofEpoll)
const deadline = of('selectors/deadline.h', 'epoll', program('deadlines'), ...ofEpoll)
const queue = of('posix/selectors/internal/loop_queue.h', 'epoll', ...ofEpoll)
const firstLook = of('selectors/first_look.h', 'epoll', program('deadlines'), suite('epoll'), own('epoll'))
const apart = of('selectors/internal/open_apart.h', 'epoll', program('end the waits'), suite('epoll'), own('epoll'))
const lookAt = of(
  'posix/selectors/internal/look_at.h',
  'epoll',
  program('end the waits'),
  program('always-ready'),
  suite('epoll'),
  own('epoll'),
  all('faults'),
)
const pipe = of('posix/selectors/internal/wake_fd.h', 'poll', program('end the waits'))

export const blocking = [
  vigil('it asks as often for ever, where nothing tells it', '      slice_.Grow();\n', '      ;\n'),
  vigil('a loop that is refused is watched', 'Watch() ? State::kWatches', 'Watch() || true ? State::kWatches'),
  vigil('the loop is found again and again', '    if (!watch_->Lower()) End();\n', ''),
  vigil('the loop stays registered', '    backend_.Remove(watch_->fd());\n', ''),
  vigil('a wait that is over leaves the loop', '~Vigil() { End(); }', '~Vigil() {}'),
  poller(
    'what the loop is ready for ends the wait',
    'if (vigil.Noticed(ready_)) result = static_cast<int>(ready_.size());',
    'vigil.Noticed(ready_);',
  ),
  poller('the loop is never watched', 'if (slice == vigil.slice()) vigil.GoOn();', ''),
  deadline('it asks seldom at first', 'Nanoseconds length_ = kSlice;', 'Nanoseconds length_ = kLongSlice;'),
  deadline(
    'a thread asks once a minute',
    'kLongSlice = std::chrono::seconds(1)',
    'kLongSlice = std::chrono::minutes(1)',
  ),
  deadline(
    'a thread asks as often in any case',
    'kLongSlice = std::chrono::seconds(1)',
    'kLongSlice = std::chrono::milliseconds(50)',
  ),
  deadline(
    'what is left is longer than a slice',
    'std::clamp<Nanoseconds>(end_ - Clock::now(), Nanoseconds::zero(), slice)',
    'std::max<Nanoseconds>(end_ - Clock::now(), Nanoseconds::zero())',
  ),
  deadline(
    'what has passed is left',
    'std::clamp<Nanoseconds>(end_ - Clock::now(), Nanoseconds::zero(), slice)',
    'std::min<Nanoseconds>(end_ - Clock::now(), slice)',
  ),
  deadline('a moment that has come has not passed', 'kind_ == kNow || (kind_ == kLater', 'false || (kind_ == kLater'),
  deadline('seconds are not counted', "time.count() / 1'000'000'000", '0'),
  deadline('nanoseconds have the seconds', "time.count() % 1'000'000'000", 'time.count()'),
  queue(
    'there is no queue',
    'return loop == nullptr ? -1 : Libuv::Find()->backend_fd(loop);',
    'static_cast<void>(loop);\n  return -1;',
  ),
  firstLook('every wait looks', 'void Missed() { left_ = kPause; }', 'void Missed() {}'),
  firstLook('no wait looks again', '    left_--;\n', ''),
  firstLook('what pays is forgotten', 'void Pays() { left_ = 0; }', 'void Pays() {}'),
  apart('a number that is watched is taken', 'result < 0 || !owner->HasAny(is_taken)', 'result <= 0'),
  apart(
    'a number is let go before another is found',
    '  const Owned<Owner> held = std::move(owner);\n',
    '  owner.reset();\n  if (!is_taken(-1)) return -EMFILE;\n',
  ),
  lookAt('a file that tells nothing is gone', ': errno != EBADF;', ': false;'),
  lookAt('a number that is not open is meant', ': errno != EBADF;', ': true;'),
  lookAt('all of one device are one file', 'file.st_dev == device && file.st_ino == inode', 'file.st_dev == device'),
  pipe('the pipe is inherited', '::fcntl(end, F_SETFD, FD_CLOEXEC) < 0 || ', ''),
  pipe('the pipe blocks', ' || ::fcntl(end, F_SETFL, O_NONBLOCK) < 0', ''),
  pipe(
    'only one byte is read',
    'while (count > 0 || (count < 0 && errno == EINTR));',
    'while (count < 0 && errno == EINTR);',
  ),
  pipe(
    'one of the numbers may be in use',
    'return is(reader_.get()) || is(writer_.get());',
    'return is(reader_.get());',
  ),
  pipe('what belongs to other code is read', '    if (!IsOurs(reader_, file_[0])) return;\n', ''),
  pipe('what belongs to other code is written to', '    if (!IsOurs(writer_, file_[1])) return;\n', ''),
  pipe('the reader of other code is closed', '    if (!IsOurs(reader_, file_[0])) reader_.Release();\n', ''),
  pipe('the writer of other code is closed', '    if (!IsOurs(writer_, file_[1])) writer_.Release();\n', ''),
  pipe('a writer that was closed is not found', 'return IsOurs(writer_, file_[1]) ? -1 : writer_.get();', 'return -1;'),
  pipe('a reader that was closed is not found', '    if (!IsOurs(reader_, file_[0])) return reader_.get();\n', ''),
]
