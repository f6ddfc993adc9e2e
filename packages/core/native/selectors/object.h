#ifndef SELECTORS_OBJECT_H_
#define SELECTORS_OBJECT_H_

#include <napi.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "selectors/callback.h"
#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/loop_watch.h"
#include "selectors/ready_list.h"
#include "selectors/thread_watch.h"
#include "selectors/wake.h"

namespace selectors {

// Whether a backend has to be told when it is to take any descriptor.
template <class Backend, class = void>
struct TakesAny : std::false_type {};
template <class Backend>
struct TakesAny<Backend, std::void_t<decltype(&Backend::OpenAny)>> : std::true_type {};

// A backend object, with what is the same for all: its buffer, the descriptor that wakes it, and what watches it.
template <class Backend>
class Object {
 public:
  ~Object() {
    if (watch_) watch_->Stop();
  }

  int Open(bool any_descriptor) {
    if constexpr (TakesAny<Backend>::value) {
      if (any_descriptor) return backend_.OpenAny();
    }
    return backend_.Open();
  }

  int Fileno() {
    Paused paused(watch_);
    return backend_.Fileno();
  }

  int Add(int fd, uint32_t events) {
    if (events & ~Backend::kEvents || (wake_ && fd == wake_->fd())) return -EINVAL;
    int result = Register(fd, events);
    // Refused, it may be, because the event loop polls this queue: the helper thread can wait in its place.
    if ((result == -ELOOP || result == -EINVAL) && is_watched_by_loop_ && WatchByThread() == 0) {
      result = Register(fd, events);
    }
    if (result == 0) added_.Insert(fd, {});
    return result;
  }

  int Modify(int fd, uint32_t events) {
    if (events & ~Backend::kEvents) return -EINVAL;
    Paused paused(watch_);
    return backend_.Modify(fd, events);
  }

  int Remove(int fd) {
    Paused paused(watch_);
    added_.Erase(fd);
    return backend_.Remove(fd);
  }

  // Answers -EINTR when it was woken. `may_go_on` is asked after each slice.
  template <class MayGoOn>
  int Wait(double timeout, MayGoOn may_go_on) {
    Paused paused(watch_);
    // Of the asynchronous wait, if it is not that which looks.
    const bool is_beside = wake_ && watch_ && watch_->IsArmed();
    if (is_beside) wake_->Suspend();
    int result = WaitInSlices(timeout, is_beside, may_go_on);
    if (is_beside) wake_->Restore();
    return result;
  }

  int Close() {
    if (watch_) watch_->Stop();
    watch_.reset();
    return backend_.Close();
  }

  void SetReady(ReadyList ready) {
    ready_ = ready;
    if (wake_) ready_.Hide(wake_->fd());
  }

  int Signal() {
    int result = OpenWake();
    if (result == 0) wake_->Signal();
    return result;
  }

  // Writes the number under which other threads find this object.
  int Publish(double& token) {
    int result = OpenWake();
    if (result == 0) token = wake_->Publish();
    return result;
  }

  // By the event loop where that can poll the queue and may, else by a helper thread.
  int Watch(napi_env env, std::unique_ptr<Callback> callback, bool by_loop) {
    env_ = env;
    callback_ = std::move(callback);
    is_watched_by_loop_ = by_loop && LoopWatch::Make(env, backend_.Fileno(), *callback_, watch_) == 0;
    return is_watched_by_loop_ ? 0 : WatchByThread();
  }

  // -EBADF where nothing watches.
  int Arm() {
    if (!watch_) return -EBADF;
    int result = watch_->Arm(true);
    if (result >= 0 || !is_watched_by_loop_) return result;
    // The system does not let the loop poll this queue: it is nested too deeply, or so many watch one of its files.
    result = WatchByThread();
    return result < 0 ? result : watch_->Arm(true);
  }

  // Because it goes off, or because nobody waits any more.
  int Disarm(bool goes_off) {
    if (!watch_) return -EBADF;
    watch_->Disarm();
    if (wake_ && !goes_off) wake_->Forgive();
    return 0;
  }

  int KeepAlive(bool on) {
    if (!watch_) return -EBADF;
    keep_alive_ = on;
    watch_->KeepAlive(on);
    return 0;
  }

 private:
  // Keeps a helper thread out of the backend.
  class Paused {
   public:
    explicit Paused(const std::shared_ptr<selectors::Watch>& watch) : watch_(watch.get()) {
      if (watch_) watch_->Pause();
    }
    Paused(const Paused&) = delete;
    Paused& operator=(const Paused&) = delete;
    ~Paused() {
      if (watch_) watch_->Resume();
    }

   private:
    selectors::Watch* watch_;
  };

  template <class MayGoOn>
  int WaitInSlices(double timeout, bool is_beside, MayGoOn may_go_on) {
    Deadline deadline(timeout);
    for (;;) {
      Nanoseconds slice = deadline.NextSlice();
      ready_.Clear();
      int result = backend_.Wait(slice, ready_);
      if (ready_.found_hidden() && wake_->Take(is_beside) && result <= 0) return -EINTR;
      if (result != -EINTR && (result != 0 || deadline.HasPassed())) return result;
      if (slice > Nanoseconds::zero() && !may_go_on()) return 0;
    }
  }

  int Register(int fd, uint32_t events) {
    Paused paused(watch_);
    return backend_.Add(fd, events);
  }

  // In the place of the loop, if that watches, armed as that is.
  int WatchByThread() {
    int result = OpenWake();
    if (result < 0) return result;
    std::shared_ptr<selectors::Watch> watch;
    result = ThreadWatch<Backend>::Make(env_, backend_, *wake_, *callback_, watch);
    if (result < 0) return result;
    const bool is_armed = watch_ && watch_->IsArmed();
    if (watch_) watch_->Stop();
    watch_ = std::move(watch);
    watch_->KeepAlive(keep_alive_);
    is_watched_by_loop_ = false;
    return is_armed ? watch_->Arm(false) : 0;
  }

  // Made on first use, because most selectors are never woken.
  int OpenWake() {
    if (wake_) return 0;
    // One that was closed while it was added may have left its number to the wake, and will be removed by that. It is held
    // until another number is found.
    std::vector<std::unique_ptr<Wake>> held;
    auto wake = std::make_unique<Wake>();
    int result = wake->Open();
    while (result == 0 && added_.Find(wake->fd())) {
      held.push_back(std::exchange(wake, std::make_unique<Wake>()));
      result = wake->Open();
    }
    if (result < 0) return result;
    Paused paused(watch_);
    result = backend_.Add(wake->fd(), kEventRead);
    if (result < 0) return result;
    wake_ = std::move(wake);
    ready_.Hide(wake_->fd());
    return 0;
  }

  struct Added {};

  ReadyList ready_;
  FdTable<Added> added_;
  std::unique_ptr<Wake> wake_;
  // After what it watches and calls, so that it goes first.
  Backend backend_;
  std::unique_ptr<Callback> callback_;
  std::shared_ptr<selectors::Watch> watch_;
  napi_env env_ = nullptr;
  bool is_watched_by_loop_ = false;
  bool keep_alive_ = true;
};

}  // namespace selectors

#endif  // SELECTORS_OBJECT_H_
