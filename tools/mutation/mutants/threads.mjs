// Mistakes in the headers that wait beside the event loop: in a helper thread, or by having the loop poll the queue.
import { all, ends, mutantsOf, own, program, racing, suite } from './tests.mjs'

const of = (file, backend, ...tests) => mutantsOf(`packages/core/native/${file}`, [`${backend}/native`], ...tests)

const poller = of(
  'selectors/internal/poller.h',
  'poll',
  program('poller'),
  suite('poll'),
  all('eaten-by-a-look'),
  ends('poll'),
  all('no-memory'),
)
const pollerOfSet = of('selectors/internal/poller.h', 'epoll', suite('epoll'), own('epoll'), all('stray-close'))
const alarm = of(
  'selectors/internal/thread_alarm.h',
  'poll',
  program('poller'),
  suite('poll'),
  own('poll'),
  all('stray-close', 'eaten-by-a-look'),
  ends('poll'),
  racing,
)
const loop = of(
  'posix/selectors/internal/loop_alarm.h',
  'epoll',
  ['epoll', 'test/interface'],
  suite('epoll'),
  own('epoll'),
  ends('epoll'),
)
const link = of('linux/selectors/internal/loop_link.h', 'epoll', own('epoll'), suite('epoll'))
const guest = of('posix/selectors/internal/loop_guest.h', 'epoll', suite('epoll'), own('epoll'), ends('epoll'))
const turns = of('posix/selectors/internal/loop_turns.h', 'poll', suite('poll'))
const vigil = of('selectors/internal/vigil.h', 'poll', ends('poll'))
const watch = of('linux/selectors/internal/loop_watch.h', 'poll', ends('poll'))
const callback = of('selectors/internal/callback.h', 'epoll', ['epoll', 'test/loop'], suite('epoll'))
const thread = of(
  'posix/selectors/internal/thread.h',
  'poll',
  program('poller'),
  suite('poll'),
  all('no-memory', 'faults'),
)
const mayRun = of('selectors/internal/may_run.h', 'poll', suite('poll'), ends('poll'))

export const threads = [
  vigil('the loop is not watched', 'queue_ >= 0 && OpenApart', 'queue_ >= 1000000 && OpenApart'),
  vigil('a wait that watches the loop asks as often', 'slice_.Stretch();', ';'),
  vigil('the loop is reported', ' || !ready.Take(watch_->fd())', ''),
  watch('it hears of the first post only', 'EPOLLIN | EPOLLET', 'EPOLLIN | EPOLLONESHOT'),
  watch('it is told of a post again and again', 'EPOLLIN | EPOLLET', 'EPOLLIN'),
  watch('it tells nothing after the first post', '::epoll_wait(fd(), &event, 1, 0) >= 0', 'false'),
  loop('a loop that has failed is taken to poll', 'alarm.state_ = State::kRefused;', 'alarm.state_ = State::kPolled;'),
  poller(
    'unknown events are passed on',
    'if (events & ~Backend::kEvents || (wakeup_ && fd == wakeup_->fd())) return -EINVAL;',
    '',
  ),
  poller('the wake-up can be registered', ' || (wakeup_ && fd == wakeup_->fd())', ''),
  poller('a table is not reserved before the call', '    if (!kept_.Reserve(fd)) return -ENOMEM;\n', ''),
  poller(
    'a wait is over after one slice',
    'if (result != -EINTR && (result != 0 || deadline.HasPassed())) return result;',
    'if (result != -EINTR) return result;',
  ),
  poller('an interrupted wait is over', 'if (result != -EINTR && (', 'if (('),
  poller('a wait goes on in a thread that ends', 'if (slice > Nanoseconds::zero() && !may_go_on()) return 0;', ''),
  poller('the wake is reported', '    ready_.Hide(wakeup_->fd());\n    return 0;', '    return 0;'),
  poller('another buffer reports the wake', 'if (wakeup_) ready_.Hide(wakeup_->fd());', ''),
  poller(
    'a number that is registered is taken for the wake',
    '[this](int fd) { return kept_.Has(fd); }',
    '[](int) { return false; }',
  ),
  poller(
    'what is ready is taken for the wake-up',
    'if (is_ended && result <= 0) return -EINTR;',
    'if (is_ended) return -EINTR;',
  ),
  poller(
    'a wake that was closed ends each wait',
    'if (!is_ended && wakeup_->Lost() >= 0) return -EBADF;',
    '',
    all('stray-close'),
  ),
  poller('a wake-up that is lost is no error', 'return is_lost ? -EBADF : 0;', 'return 0;', all('stray-close')),
  poller(
    'what is kept waits',
    'kept_.empty() ? deadline.NextSlice(vigil.slice()) : Nanoseconds::zero()',
    'deadline.NextSlice(vigil.slice())',
  ),
  poller(
    'what is kept is not reported',
    'if (!kept_.empty() && (result >= 0 || result == -EINTR)) result = kept_.MergeInto(ready_);',
    '',
  ),
  poller('what modify() drops is kept', '    if (result == 0) kept_.Modify(fd, events);\n', ''),
  poller('what is removed is kept', '    kept_.Remove(fd);\n', ''),
  poller('the wake-up is not forgiven', '!goes_off && wakeup_->is_owed()', 'false'),
  poller('a blocking wait ends with what it owes', 'if (leaves_owed) wakeup_->Suspend();', ''),
  poller('what a blocking wait has taken is gone', '      wakeup_->Restore();\n', ''),
  poller(
    'it takes what is owed to an asynchronous wait',
    'const bool leaves_owed = wakeup_ && alarm_ && alarm_->IsArmed();',
    'const bool leaves_owed = false;',
  ),
  poller('the helper thread is in there too', 'if (alarm_) alarm_->Pause();', ''),
  poller('the helper thread does not go on', 'if (alarm_) alarm_->Resume();', ''),
  poller(
    'a collected one has a thread',
    '    if (alarm_) alarm_->Stop();\n  }\n\n  // `loop_queue`',
    '  }\n\n  // `loop_queue`',
    all('collected'),
  ),
  pollerOfSet(
    'a loop that may not look looks',
    'events & kUnfitForLoop && is_polled_by_loop_ ? WaitByThread() : 0',
    '0',
    all('eaten-by-a-look'),
  ),
  pollerOfSet(
    'a nested one is refused',
    '(result == -ELOOP || result == -EINVAL) && is_polled_by_loop_ && WaitByThread() == 0',
    'false',
  ),
  pollerOfSet(
    'what the loop refuses is refused',
    'if (result >= 0 || !is_polled_by_loop_) return result;',
    'return result;',
  ),
  pollerOfSet('the thread that takes over is not armed', 'return is_armed ? alarm_->Arm(false) : 0;', 'return 0;'),
  pollerOfSet('the thread that takes over keeps alive', '    alarm_->KeepAlive(keep_alive_);\n', ''),
  pollerOfSet('its own queue is not looked for', '      if (lost < 0) lost = backend()->Lost();\n', ''),
  alarm(
    'it keeps nothing alive',
    '    if (keep_alive_) napi_ref_threadsafe_function(env_, post_);\n    request_',
    '    request_',
  ),
  alarm(
    'unref() is forgotten',
    '    if (keep_alive_) napi_ref_threadsafe_function(env_, post_);\n    request_',
    '    napi_ref_threadsafe_function(env_, post_);\n    request_',
  ),
  alarm(
    'what is disarmed keeps alive',
    '    if (before != State::kArmed) return;\n    napi_unref_threadsafe_function(env_, post_);',
    '    if (before != State::kArmed) return;',
  ),
  alarm('what is disarmed is posted', '    request_ = Request::kRest;\n  }\n\n  bool IsArmed', '  }\n\n  bool IsArmed'),
  alarm(
    'what is not armed keeps alive',
    '    keep_alive_ = on;\n    if (state_ != State::kArmed) return;',
    '    keep_alive_ = on;',
  ),
  alarm('a pause takes a slice', '    Interrupt();\n    changed_.wait', '    changed_.wait'),
  alarm('the poke that pauses the thread is not taken back', 'if (is_interrupted_) wakeup_.EndInterrupt();', ''),
  alarm('a poke is found', 'found |= ready_.found_hidden() && !is_interrupted_;', 'found |= ready_.found_hidden();'),
  alarm('a wake that was closed is not found', '      found |= ready_.found_hidden() && !is_interrupted_;\n', ''),
  alarm('a wake-up is not found', ' || wakeup_.IsPending();', ';'),
  alarm('a refused wait is not found', '(result != 0 && result != -EINTR)', '(result > 0)'),
  alarm('what the thread eats is lost', '    kept_.Keep(ready_);\n', ''),
  alarm('what it has kept waits for more', '!kept_.empty() || Finds(longest)', 'Finds(longest)'),
  alarm('arming does not look at what is kept', '(!kept_.empty() || first_look_.IsDue())', 'first_look_.IsDue()'),
  alarm(
    'what is disarmed meanwhile goes on',
    'before_pause_ != Request::kWait || state_ != State::kArmed',
    'before_pause_ != Request::kWait',
  ),
  alarm(
    'it rests after a pause',
    '    request_ = Request::kWait;\n    changed_.notify_one();\n  }\n\n  void Stop',
    '  }\n\n  void Stop',
  ),
  alarm('what has ended is ended again with its thread', '    napi_remove_env_cleanup_hook(env_, OnEnd, this);\n', ''),
  alarm('the turns of the loop go on', 'if (turns_) turns_->Close();', ''),
  alarm('it sleeps while the loop runs', 'loop_ == Loop::kSleeps || !HoldsFiles<Backend>::value', 'true'),
  alarm('it never sleeps', 'if (loop_ == Loop::kHasRun) loop_ = Loop::kSleeps;', ''),
  alarm('what cannot be woken sleeps', ' && wakeup_.Lost() < 0 ? Place::kAsleep', ' ? Place::kAsleep'),
  alarm(
    'it sleeps on when the loop runs',
    '    if (place_ == Place::kAsleep && HoldsFiles<Backend>::value) Interrupt();\n',
    '',
  ),
  alarm('it tells as soon as it rests', 'if (!found || request_ != Request::kWait) continue;', 'if (!found) continue;'),
  loop('it keeps nothing alive', '    if (keep_alive_) libuv_.ref(handle_);\n', ''),
  loop('unref() is forgotten', '    if (keep_alive_) libuv_.ref(handle_);\n', '    libuv_.ref(handle_);\n'),
  loop(
    'what is disarmed keeps alive',
    '    state_ = State::kPolled;\n    libuv_.unref(handle_);',
    '    state_ = State::kPolled;',
  ),
  loop('what is disarmed calls back', '    if (!calls) return;\n', ''),
  loop(
    'what nobody waits for is polled on',
    '      alarm.libuv_.poll_stop(handle);\n      alarm.state_ = State::kIdle;',
    '      alarm.state_ = State::kIdle;',
  ),
  loop('it is polled once', '      alarm.state_ = State::kIdle;\n', ''),
  loop('a loop that failed is asked again', 'alarm.state_ = State::kRefused;', 'alarm.state_ = State::kPolled;'),
  loop('stopping leaves the handle', '    state_ = State::kStopped;\n    Leave();', '    state_ = State::kStopped;'),
  loop(
    'what cannot be linked is polled',
    '      libuv_.poll_stop(handle_);\n      return result;',
    '      return result;',
  ),
  link(
    'what the loop refuses ends the process',
    'return ::epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) < 0 && errno != EEXIST ? -errno : 0;',
    'return 0;',
  ),
  guest(
    'a thread that ends waits for ever',
    'if (guest.hook_ != nullptr) napi_remove_async_cleanup_hook(guest.hook_);',
    '',
  ),
  guest(
    'a thread that ends does not wait',
    'return napi_add_async_cleanup_hook(env, OnEnd, this, &hook_) == napi_ok;',
    'return true;',
  ),
  guest('a handle keeps alive at first', '    libuv_.unref(handle);\n    return handle;', '    return handle;'),
  turns('nothing is told', '    libuv_.check_start(check_', '    if (false) libuv_.check_start(check_'),
  callback('what is thrown is swallowed', ' napi_fatal_exception(env, error);', ' return;'),
  callback(
    'promises wait for the next turn',
    'if (napi_open_callback_scope(env_, nullptr, context.get(), &callback_) != napi_ok) callback_ = nullptr;',
    '',
  ),
  callback('an async context stays', '    if (context_ != nullptr) napi_async_destroy(env_, context_);\n', ''),
  thread('it takes signals', '    sigfillset(&all);\n', '    sigemptyset(&all);\n'),
  thread('its maker takes no more signals', '    pthread_sigmask(SIG_SETMASK, &before, nullptr);\n', ''),
  thread('what cannot be made is there', '    return -error;\n  }\n\n  void Join', '    return 0;\n  }\n\n  void Join'),
  mayRun('every thread may run', '    return may_run;\n', '    return true;\n'),
]
