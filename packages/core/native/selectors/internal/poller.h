#ifndef SELECTORS_INTERNAL_POLLER_H_
#define SELECTORS_INTERNAL_POLLER_H_

#include <napi.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include "selectors/internal/alarm.h"
#include "selectors/internal/callback.h"
#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/internal/kept.h"
#include "selectors/internal/loop_alarm.h"
#include "selectors/memory.h"
#include "selectors/internal/open_apart.h"
#include "selectors/ready_list.h"
#include "selectors/internal/thread_alarm.h"
#include "selectors/internal/vigil.h"
#include "selectors/internal/wakeup.h"

namespace selectors {

// Whether a backend has to be told to accept any descriptor.
template <class Backend, class = void>
struct TakesAny : std::false_type {};
template <class Backend>
struct TakesAny<Backend, std::void_t<decltype(&Backend::OpenAny)>> : std::true_type {};

// Whether a backend looks for its own descriptors.
template <class Backend, class = void>
struct LooksForLost : std::false_type {};
template <class Backend>
struct LooksForLost<Backend, std::void_t<decltype(&Backend::Lost)>> : std::true_type {};

// A backend object, with what is the same for all: its buffer, the descriptor that wakes it, and its alarm.
template <class Backend>
class Poller {
 public:
  ~Poller() {
    if (alarm_) alarm_->Stop();
  }

  // `loop_queue` is what the thread's event loop sleeps on, -1 if blocking waits are not to watch it.
  int Open(bool any_descriptor, int loop_queue) {
    loop_queue_ = loop_queue;
    if constexpr (TakesAny<Backend>::value) {
      if (any_descriptor) return backend_.OpenAny();
    }
    return backend_.Open();
  }

  int Fileno() { return backend()->Fileno(); }

  int Add(int fd, uint32_t events) {
    if (events & ~Backend::kEvents || (wakeup_ && fd == wakeup_->fd())) return -EINVAL;
    int result = AddToBackend(fd, events);
    // It may have been refused because the event loop polls this queue: the helper thread can wait instead.
    if ((result == -ELOOP || result == -EINVAL) && is_polled_by_loop_ && WaitByThread() == 0) {
      result = AddToBackend(fd, events);
    }
    if (result < 0) return result;
    // Only now: what that opens may get a number that is not open.
    result = FitAlarm(events);
    if (result < 0) Remove(fd);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    if (events & ~Backend::kEvents) return -EINVAL;
    int result = FitAlarm(events);
    if (result < 0) return result;
    const Exclusive backend = this->backend();
    result = backend->Modify(fd, events);
    if (result == 0) kept_.Modify(fd, events);
    return result;
  }

  int Remove(int fd) {
    const Exclusive backend = this->backend();
    kept_.Remove(fd);
    return backend->Remove(fd);
  }

  // Returns -EINTR when it was woken. `may_go_on` is asked after each slice.
  template <class MayGoOn>
  int Wait(double timeout, MayGoOn may_go_on) {
    const Exclusive backend = this->backend();
    // An asynchronous wait is pending, and this is not its own look: it is still owed a wake-up that this one consumes.
    const bool leaves_owed = wakeup_ && alarm_ && alarm_->IsArmed();
    if (leaves_owed) wakeup_->Suspend();
    int result = WaitInSlices(backend, timeout, leaves_owed, may_go_on);
    if (leaves_owed) {
      wakeup_->Restore();
    } else if (wakeup_ && result < 0 && result != -EINTR) {
      // The look of an asynchronous wait, which is over when it is refused.
      wakeup_->Forgive();
    }
    return result;
  }

  int Close() {
    if (alarm_) alarm_->Stop();
    alarm_.reset();
    return backend_.Close();
  }

  void SetReady(ReadyList ready) {
    ready_ = ready;
    if (wakeup_) ready_.Hide(wakeup_->fd());
  }

  int Wake() {
    int result = OpenWakeup();
    if (result < 0) return result;
    wakeup_->Wake();
    // Without a queue of its own, the event loop learns of nothing.
    const bool is_lost = is_polled_by_loop_ ? Lost() >= 0 : wakeup_->Lost() >= 0;
    return is_lost ? -EBADF : 0;
  }

  // A descriptor of its own that other code has closed, by a number that it took for its own; or -ENOENT.
  int Lost() {
    int lost = wakeup_ ? wakeup_->Lost() : -1;
    if constexpr (LooksForLost<Backend>::value) {
      if (lost < 0) lost = backend()->Lost();
    }
    return lost < 0 ? -ENOENT : lost;
  }

  // Writes the number under which other threads find this object.
  int Publish(double& token) {
    int result = OpenWakeup();
    if (result < 0) return result;
    token = wakeup_->Publish();
    return token == 0 ? -ENOMEM : 0;
  }

  // Makes an alarm that uses the event loop, if that can and may poll the queue, and otherwise a helper thread. `loop` says what the
  // loop may be asked to do.
  int SetAlarm(napi_env env, Owned<Callback> callback, int loop) {
    env_ = env;
    loop_ = loop;
    callback_ = std::move(callback);
    is_polled_by_loop_ = loop & kLoopPollsTheQueue && kept_.fits_loop() &&
                         LoopAlarm::Make(env, backend_.Fileno(), *callback_, alarm_) == 0;
    return is_polled_by_loop_ ? 0 : WaitByThread();
  }

  // -EBADF if there is none.
  int Arm() {
    if (!alarm_) return -EBADF;
    int result = alarm_->Arm(true);
    if (result >= 0 || !is_polled_by_loop_) return result;
    // The system does not let the loop poll this queue: it is nested too deeply, or too many watch one of its files.
    result = WaitByThread();
    return result < 0 ? result : alarm_->Arm(true);
  }

  // Because it goes off, or because nothing waits any more.
  int Disarm(bool goes_off) {
    if (!alarm_) return -EBADF;
    alarm_->Disarm();
    if (wakeup_ && !goes_off && wakeup_->is_owed()) {
      const Exclusive backend = this->backend();
      wakeup_->Forgive();
    }
    return 0;
  }

  int KeepAlive(bool on) {
    if (!alarm_) return -EBADF;
    keep_alive_ = on;
    alarm_->KeepAlive(on);
    return 0;
  }

 private:
  // The backend object; no helper thread is inside it while this lives.
  class Exclusive {
   public:
    Exclusive(Backend& backend, Alarm* alarm) : backend_(backend), alarm_(alarm) {
      if (alarm_) alarm_->Pause();
    }
    Exclusive(const Exclusive&) = delete;
    Exclusive& operator=(const Exclusive&) = delete;
    ~Exclusive() {
      if (alarm_) alarm_->Resume();
    }

    Backend* operator->() const { return &backend_; }

   private:
    Backend& backend_;
    Alarm* alarm_;
  };

  Exclusive backend() { return Exclusive(backend_, alarm_.get()); }

  // No helper thread may find it before it is known what to keep of it.
  int AddToBackend(int fd, uint32_t events) {
    const Exclusive backend = this->backend();
    if (!kept_.Reserve(fd)) return -ENOMEM;
    int result = backend->Add(fd, events);
    if (result == 0) kept_.Add(fd, events);
    return result;
  }

  template <class MayGoOn>
  int WaitInSlices(const Exclusive& backend, double timeout, bool leaves_owed, MayGoOn may_go_on) {
    Deadline deadline(timeout);
    Vigil<Backend> vigil(backend_, kept_, loop_queue_);
    for (;;) {
      Nanoseconds slice = kept_.empty() ? deadline.NextSlice(vigil.slice()) : Nanoseconds::zero();
      ready_.Clear();
      int result = backend->Wait(slice, ready_);
      if (vigil.Noticed(ready_)) result = static_cast<int>(ready_.size());
      // Also into what has found nothing because it has to be asked again.
      if (!kept_.empty() && (result >= 0 || result == -EINTR)) result = kept_.MergeInto(ready_);
      if (ready_.found_hidden()) {
        const bool is_ended = wakeup_->Take(leaves_owed);
        if (is_ended && result <= 0) return -EINTR;
        // Ready without a wake-up: it is no longer open, or is now other code's.
        if (!is_ended && wakeup_->Lost() >= 0) return -EBADF;
      }
      if (result != -EINTR && (result != 0 || deadline.HasPassed())) return result;
      if (slice > Nanoseconds::zero() && !may_go_on()) return 0;
      if (slice == vigil.slice()) vigil.GoOn();
    }
  }

  // Has a helper thread wait instead of the event loop, if that must not look for these events. The thread goes on doing so when
  // they are no longer watched.
  int FitAlarm(uint32_t events) { return events & kUnfitForLoop && is_polled_by_loop_ ? WaitByThread() : 0; }

  // Replaces the loop's alarm, if there is one, and is armed if that was.
  int WaitByThread() {
    int result = OpenWakeup();
    if (result < 0) return result;
    std::shared_ptr<Alarm> alarm;
    const bool loop_tells = loop_ & kLoopTellsOfItsTurns;
    result = ThreadAlarm<Backend>::Make(env_, backend_, *wakeup_, kept_, *callback_, loop_tells, alarm);
    if (result < 0) return result;
    const bool is_armed = alarm_ && alarm_->IsArmed();
    if (alarm_) alarm_->Stop();
    alarm_ = std::move(alarm);
    alarm_->KeepAlive(keep_alive_);
    is_polled_by_loop_ = false;
    return is_armed ? alarm_->Arm(false) : 0;
  }

  // Made on first use, because most selectors are never woken.
  int OpenWakeup() {
    if (wakeup_) return 0;
    Owned<Wakeup> wakeup;
    int result = OpenApart(wakeup, [this](int fd) { return kept_.Has(fd); });
    if (result < 0) return result;
    result = backend()->Add(wakeup->fd(), kEventRead);
    if (result < 0) return result;
    wakeup_ = std::move(wakeup);
    ready_.Hide(wakeup_->fd());
    return 0;
  }

  ReadyList ready_;
  Kept kept_;
  Owned<Wakeup> wakeup_;
  // Declared after what it watches and calls, so that it is destroyed first.
  Backend backend_;
  Owned<Callback> callback_;
  std::shared_ptr<Alarm> alarm_;
  int loop_queue_ = -1;
  napi_env env_ = nullptr;
  int loop_ = 0;
  bool is_polled_by_loop_ = false;
  bool keep_alive_ = true;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_POLLER_H_
