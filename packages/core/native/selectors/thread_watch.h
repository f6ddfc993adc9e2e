#ifndef SELECTORS_THREAD_WATCH_H_
#define SELECTORS_THREAD_WATCH_H_

#include <napi.h>

#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "selectors/callback.h"
#include "selectors/deadline.h"
#include "selectors/first_look.h"
#include "selectors/ready_list.h"
#include "selectors/thread.h"
#include "selectors/wake.h"
#include "selectors/watch.h"

namespace selectors {

// A helper thread waits in the backend object, and posts to the event loop that it has found something. What it has found
// is looked for again by the thread that is told so.
template <class Backend>
class ThreadWatch final : public Watch {
 public:
  // `wake` is watched by `backend`. -EAGAIN or -ENOMEM where there can be no thread.
  static int Make(napi_env env, Backend& backend, Wake& wake, const Callback& callback, std::shared_ptr<Watch>& made) {
    auto watch = std::make_shared<ThreadWatch>(env, backend, wake, callback);
    int result = watch->Open(watch);
    if (result == 0) made = std::move(watch);
    return result;
  }

  // Public for make_shared alone.
  ThreadWatch(napi_env env, Backend& backend, Wake& wake, const Callback& callback)
      : env_(env), backend_(backend), wake_(wake), callback_(callback) {
    ready_.Hide(wake.fd());
  }

  int Arm(bool may_look) override {
    if (stopped_ || armed_) return 0;
    due_ = false;
    std::lock_guard<std::mutex> guard(mutex_);
    if (may_look && !waits_ && first_look_.IsDue()) {
      due_ = Finds(Nanoseconds::zero());
      if (due_) return 1;
      first_look_.Missed();
    }
    armed_ = true;
    if (keep_alive_) napi_ref_threadsafe_function(env_, post_);
    wanted_ = true;
    changed_.notify_one();
    return 0;
  }

  // The thread waits on for what it waits for, and does not post it.
  void Disarm() override {
    due_ = false;
    if (stopped_ || !armed_) return;
    armed_ = false;
    napi_unref_threadsafe_function(env_, post_);
    std::lock_guard<std::mutex> guard(mutex_);
    wanted_ = false;
  }

  bool IsArmed() const override { return armed_ || due_; }

  void KeepAlive(bool on) override {
    keep_alive_ = on;
    if (stopped_ || !armed_) return;
    if (on) {
      napi_ref_threadsafe_function(env_, post_);
    } else {
      napi_unref_threadsafe_function(env_, post_);
    }
  }

  void Pause() override {
    std::unique_lock<std::mutex> lock(mutex_);
    paused_ = true;
    if (!waits_) return;
    wake_.Poke();
    changed_.wait(lock, [this] { return !waits_; });
    wake_.Calm();
  }

  void Resume() override {
    std::lock_guard<std::mutex> guard(mutex_);
    paused_ = false;
    changed_.notify_one();
  }

  void Stop() override {
    if (stopped_) return;
    Pause();
    stopped_ = true;
    {
      std::lock_guard<std::mutex> guard(mutex_);
      ends_ = true;
      changed_.notify_one();
    }
    thread_.Join();
    napi_remove_env_cleanup_hook(env_, OnEnd, this);
    napi_release_threadsafe_function(post_, napi_tsfn_abort);
  }

 private:
  int Open(std::shared_ptr<ThreadWatch> self) {
    napi_value name = nullptr;
    if (napi_create_string_latin1(env_, "selectors", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_create_threadsafe_function(env_, nullptr, nullptr, name, 0, 1, nullptr, OnReleased, this, OnPost,
                                        &post_) != napi_ok) {
      return -ENOMEM;
    }
    // Posts may be under way until the event loop has let go of the function.
    self_ = std::move(self);
    napi_unref_threadsafe_function(env_, post_);
    int result = thread_.Start([](void* watch) { static_cast<ThreadWatch*>(watch)->Run(); }, this);
    if (result < 0) {
      stopped_ = true;
      napi_release_threadsafe_function(post_, napi_tsfn_abort);
      return result;
    }
    // Later than the function's own, so that it runs earlier.
    if (napi_add_env_cleanup_hook(env_, OnEnd, this) == napi_ok) return 0;
    Stop();
    return -ENOMEM;
  }

  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return ends_ || (wanted_ && !paused_); });
      if (ends_) return;
      waits_ = true;
      lock.unlock();
      bool found = Finds(kLongestWait);
      lock.lock();
      waits_ = false;
      changed_.notify_one();
      if (!found || !wanted_ || paused_) continue;
      wanted_ = false;
      napi_call_threadsafe_function(post_, nullptr, napi_tsfn_nonblocking);
    }
  }

  // A failed wait counts as well: the one that follows says what is wrong.
  bool Finds(Nanoseconds timeout) {
    ready_.Clear();
    int result = backend_.Wait(timeout, ready_);
    return (result != 0 && result != -EINTR) || wake_.signalled();
  }

  // What is under way when the function is released comes without an environment; but in Deno (2.9.6) as if nothing were.
  static void OnPost(napi_env env, napi_value, void* context, void*) {
    if (env == nullptr) return;
    ThreadWatch& watch = *static_cast<ThreadWatch*>(context);
    if (watch.stopped_ || !watch.armed_) return;
    watch.Disarm();
    watch.callback_.Call();
  }

  static void OnReleased(napi_env, void*, void* context) {
    std::shared_ptr<ThreadWatch> self = std::move(static_cast<ThreadWatch*>(context)->self_);
  }

  static void OnEnd(void* watch) { static_cast<ThreadWatch*>(watch)->Stop(); }

  napi_env env_;
  Backend& backend_;
  Wake& wake_;
  // Not called after Stop().
  const Callback& callback_;
  napi_threadsafe_function post_ = nullptr;
  Thread thread_;
  std::shared_ptr<ThreadWatch> self_;
  bool keep_alive_ = true;
  bool armed_ = false;
  bool due_ = false;
  bool stopped_ = false;
  FirstLook first_look_;

  // Whoever's turn it is. Its size is of no importance: that something is ready is all that is asked.
  int32_t numbers_[2 * 16];
  ReadyList ready_ = ReadyList(numbers_, 2 * 16);

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex: the thread is in the backend object; it is to wait there; it must not, for the moment; it is to end.
  bool waits_ = false;
  bool wanted_ = false;
  bool paused_ = false;
  bool ends_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_THREAD_WATCH_H_
