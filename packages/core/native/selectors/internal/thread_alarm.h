#ifndef SELECTORS_INTERNAL_THREAD_ALARM_H_
#define SELECTORS_INTERNAL_THREAD_ALARM_H_

#include <napi.h>

#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include "selectors/internal/alarm.h"
#include "selectors/internal/callback.h"
#include "selectors/deadline.h"
#include "selectors/first_look.h"
#include "selectors/internal/kept.h"
#include "selectors/internal/loop_turns.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"
#include "selectors/internal/thread.h"
#include "selectors/internal/wakeup.h"

namespace selectors {

// Whether a backend's wait keeps files open that are closed during it.
template <class Backend, class = void>
struct HoldsFiles : std::true_type {};
template <class Backend>
struct HoldsFiles<Backend, std::void_t<decltype(Backend::kHoldsFiles)>> : std::bool_constant<Backend::kHoldsFiles> {};

// A helper thread waits in the backend object, and posts to the event loop that it has found something. The thread that
// receives the post looks again, except for what would not be found again.
//
// During a system call such as poll(2) the kernel holds the files that are waited for, even those that are closed in the
// meantime, and their peers do not see the close. So the thread leaves the call every 50 ms, except while the event loop
// sleeps, because then the loop's thread closes nothing: after the loop has run, there is one more such slice, and then a long
// sleep, from which the loop wakes it when it runs again. If the loop does not report its turns, there are slices for as long
// as this is armed, which grow while the loop's thread has nothing to do with this. Where the kernel holds nothing, all sleeps are long.
template <class Backend>
class ThreadAlarm final : public Alarm, private LoopTurns::Listener {
 public:
  // `wakeup` is watched by `backend`. -EAGAIN or -ENOMEM if no thread can be made.
  static int Make(napi_env env, Backend& backend, Wakeup& wakeup, Kept& kept, const Callback& callback, bool loop_tells,
                  std::shared_ptr<Alarm>& made) {
    auto alarm = MakeShared<ThreadAlarm>(env, backend, wakeup, kept, callback);
    if (!alarm) return -ENOMEM;
    int result = alarm->Open(alarm, loop_tells);
    if (result == 0) made = std::move(alarm);
    return result;
  }

  // Public for MakeShared alone.
  ThreadAlarm(napi_env env, Backend& backend, Wakeup& wakeup, Kept& kept, const Callback& callback)
      : env_(env), backend_(backend), wakeup_(wakeup), kept_(kept), callback_(callback) {
    ready_.Hide(wakeup.fd());
  }

  int Arm(bool may_look) override {
    if (state_ == State::kArmed || state_ == State::kStopped) return 0;
    std::lock_guard<std::mutex> guard(mutex_);
    // The loop itself tells so only after the callbacks of what it has polled, and this may be called from one.
    NoteThatLoopRuns();
    if (may_look && place_ == Place::kOutside && (!kept_.empty() || first_look_.IsDue())) {
      if (!kept_.empty() || Finds(Nanoseconds::zero())) {
        state_ = State::kDue;
        return 1;
      }
      first_look_.Missed();
    }
    state_ = State::kArmed;
    if (keep_alive_) napi_ref_threadsafe_function(env_, post_);
    request_ = Request::kWait;
    changed_.notify_one();
    if (turns_) turns_->Start();
    return 0;
  }

  // The thread goes on waiting, but does not post what it finds.
  void Disarm() override {
    const State before = state_;
    if (before == State::kStopped) return;
    state_ = State::kIdle;
    if (before != State::kArmed) return;
    napi_unref_threadsafe_function(env_, post_);
    std::lock_guard<std::mutex> guard(mutex_);
    request_ = Request::kRest;
  }

  bool IsArmed() const override { return state_ == State::kArmed || state_ == State::kDue; }

  void KeepAlive(bool on) override {
    keep_alive_ = on;
    if (state_ != State::kArmed) return;
    if (on) {
      napi_ref_threadsafe_function(env_, post_);
    } else {
      napi_unref_threadsafe_function(env_, post_);
    }
  }

  void Pause() override {
    std::unique_lock<std::mutex> lock(mutex_);
    before_pause_ = std::exchange(request_, Request::kRest);
    slice_ = {};
    if (place_ == Place::kOutside) return;
    Interrupt();
    changed_.wait(lock, [this] { return place_ == Place::kOutside; });
  }

  void Resume() override {
    std::lock_guard<std::mutex> guard(mutex_);
    // It may have been disarmed in the meantime.
    if (before_pause_ != Request::kWait || state_ != State::kArmed) return;
    request_ = Request::kWait;
    changed_.notify_one();
  }

  void Stop() override {
    if (state_ == State::kStopped) return;
    Pause();
    state_ = State::kStopped;
    {
      std::lock_guard<std::mutex> guard(mutex_);
      request_ = Request::kEnd;
      changed_.notify_one();
    }
    thread_.Join();
    if (turns_) turns_->Close();
    napi_remove_env_cleanup_hook(env_, OnEnd, this);
    napi_release_threadsafe_function(post_, napi_tsfn_abort);
  }

 private:
  // The state in the thread that it belongs to. What is due was found by Arm() itself: the thread rests, and the caller calls back.
  //
  //           Arm()                 Disarm()   the thread has posted     Stop()
  // kIdle     kArmed, or kDue                                            kStopped
  // kArmed                          kIdle      kIdle, and it calls back  kStopped
  // kDue      kArmed, or kDue       kIdle                                kStopped
  enum class State { kIdle, kArmed, kDue, kStopped };

  // What the helper thread is to do: nothing, in which case it is not woken; wait in the backend object, and rest once it
  // has posted; end.
  enum class Request { kRest, kWait, kEnd };

  // Where the helper thread is: outside the backend object; inside, for a slice; inside until something wakes it.
  enum class Place { kOutside, kInside, kAsleep };

  // The event loop runs code that may close a file; it has gone to sleep since the helper thread last went inside; it sleeps on.
  //
  //          OnLoopSleeps(), thread waits or rests   GoInside()   OnLoopRuns()
  // kRuns    kHasRun                       kRuns
  // kHasRun  kHasRun                       kRuns     kSleeps      kRuns
  // kSleeps  kHasRun                       kRuns                  kRuns
  enum class Loop { kRuns, kHasRun, kSleeps };

  // A file that another thread closes, while the loop of this one sleeps, is let go after this time.
  static constexpr Nanoseconds kLongestSleep = std::chrono::seconds(10);

  int Open(std::shared_ptr<ThreadAlarm> self, bool loop_tells) {
    napi_value name = nullptr;
    if (napi_create_string_latin1(env_, "selectors", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_create_threadsafe_function(env_, nullptr, nullptr, name, 0, 1, nullptr, OnReleased, this, OnPost,
                                        &post_) != napi_ok) {
      return -ENOMEM;
    }
    // Posts may still arrive until the event loop has released the function.
    self_ = std::move(self);
    napi_unref_threadsafe_function(env_, post_);
    int result = thread_.Start([](void* alarm) { static_cast<ThreadAlarm*>(alarm)->Run(); }, this);
    if (result < 0) {
      napi_release_threadsafe_function(post_, napi_tsfn_abort);
      return result;
    }
    if (loop_tells && HoldsFiles<Backend>::value) turns_ = LoopTurns::Make(env_, *this);
    // Added after the function's own hook, so that it runs before that.
    if (napi_add_env_cleanup_hook(env_, OnEnd, this) == napi_ok) return 0;
    Stop();
    return -ENOMEM;
  }

  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return request_ != Request::kRest; });
      if (request_ == Request::kEnd) return;
      const Nanoseconds longest = GoInside();
      lock.unlock();
      bool found = !kept_.empty() || Finds(longest);
      lock.lock();
      // Ready without a wake-up, which the wait that follows looks into.
      found |= ready_.found_hidden() && !is_interrupted_;
      GoOutside();
      if (!found || request_ != Request::kWait) continue;
      request_ = Request::kRest;
      napi_call_threadsafe_function(post_, nullptr, napi_tsfn_nonblocking);
    }
  }

  // How long it may stay there: no time if nothing could wake it.
  Nanoseconds GoInside() {
    const bool may_sleep = loop_ == Loop::kSleeps || !HoldsFiles<Backend>::value;
    place_ = may_sleep && wakeup_.Lost() < 0 ? Place::kAsleep : Place::kInside;
    if (loop_ == Loop::kHasRun) loop_ = Loop::kSleeps;
    if (place_ == Place::kAsleep) return kLongestSleep;
    const Nanoseconds longest = slice_.length();
    if (!turns_) slice_.Grow();
    return longest;
  }

  void GoOutside() {
    place_ = Place::kOutside;
    if (is_interrupted_) wakeup_.EndInterrupt();
    is_interrupted_ = false;
    changed_.notify_one();
  }

  // Makes the helper thread leave the backend object.
  void Interrupt() {
    if (!is_interrupted_) wakeup_.Interrupt();
    is_interrupted_ = true;
  }

  // A failed wait counts as well: the one that follows says what is wrong.
  bool Finds(Nanoseconds timeout) {
    ready_.Clear();
    int result = backend_.Wait(timeout, ready_);
    kept_.Keep(ready_);
    return (result != 0 && result != -EINTR) || wakeup_.IsPending();
  }

  void OnLoopSleeps() override {
    std::lock_guard<std::mutex> guard(mutex_);
    if (state_ == State::kArmed || place_ != Place::kOutside) {
      loop_ = Loop::kHasRun;
    } else {
      loop_ = Loop::kRuns;
      turns_->Stop();
    }
  }

  void OnLoopRuns() override {
    std::lock_guard<std::mutex> guard(mutex_);
    NoteThatLoopRuns();
  }

  void NoteThatLoopRuns() {
    loop_ = Loop::kRuns;
    slice_ = {};
    if (place_ == Place::kAsleep && HoldsFiles<Backend>::value) Interrupt();
  }

  // A post that is under way when the function is released arrives without an environment; in Deno (2.9.6) it arrives as if
  // nothing had happened.
  static void OnPost(napi_env env, napi_value, void* context, void*) {
    if (env == nullptr) return;
    ThreadAlarm& alarm = *static_cast<ThreadAlarm*>(context);
    if (alarm.state_ != State::kArmed) return;
    alarm.Disarm();
    alarm.callback_.Call();
  }

  static void OnReleased(napi_env, void*, void* context) {
    std::shared_ptr<ThreadAlarm> self = std::move(static_cast<ThreadAlarm*>(context)->self_);
  }

  static void OnEnd(void* alarm) { static_cast<ThreadAlarm*>(alarm)->Stop(); }

  napi_env env_;
  Backend& backend_;
  Wakeup& wakeup_;
  // Like the backend object, it belongs to the thread that is in there.
  Kept& kept_;
  // Not called after Stop().
  const Callback& callback_;
  napi_threadsafe_function post_ = nullptr;
  Thread thread_;
  std::shared_ptr<LoopTurns> turns_;
  std::shared_ptr<ThreadAlarm> self_;
  bool keep_alive_ = true;
  State state_ = State::kIdle;
  FirstLook first_look_;

  // Used by the thread whose turn it is. Its size does not matter: the only question is whether something is ready.
  int32_t numbers_[2 * 16];
  ReadyList ready_ = ReadyList(numbers_, 2 * 16);

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex.
  Request request_ = Request::kRest;
  // What Pause() has put aside for Resume().
  Request before_pause_ = Request::kRest;
  Place place_ = Place::kOutside;
  Loop loop_ = Loop::kRuns;
  Slice slice_;
  bool is_interrupted_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_THREAD_ALARM_H_
