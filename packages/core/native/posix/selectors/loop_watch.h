#ifndef SELECTORS_LOOP_WATCH_H_
#define SELECTORS_LOOP_WATCH_H_

#include <napi.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "selectors/callback.h"
#include "selectors/libuv.h"
#include "selectors/loop_link.h"
#include "selectors/watch.h"

namespace selectors {

// The event loop itself polls the queue's descriptor, which is readable while something is ready.
class LoopWatch final : public Watch {
 public:
  // -ENOTSUP where the event loop cannot do so.
  static int Make(napi_env env, int fd, const Callback& callback, std::shared_ptr<Watch>& made) {
    const Libuv* libuv = Libuv::Find();
    uv_loop_s* loop = nullptr;
    if (libuv == nullptr || napi_get_uv_event_loop(env, &loop) != napi_ok) return -ENOTSUP;
    auto watch = std::make_shared<LoopWatch>(*libuv, loop, fd, callback);
    if (!watch->Open(env, watch)) return -ENOTSUP;
    made = std::move(watch);
    return 0;
  }

  // Public for make_shared alone.
  LoopWatch(const Libuv& libuv, Libuv::Loop* loop, int fd, const Callback& callback)
      : libuv_(libuv),
        loop_(loop),
        fd_(fd),
        callback_(callback),
        memory_(libuv.handle_size(Libuv::kPollHandle) / sizeof(std::max_align_t) + 1),
        handle_(memory_.data()) {}

  int Arm(bool /* may_look */) override {
    if (state_ == State::kRefused) return -ENOTSUP;
    if (state_ == State::kIdle) {
      int result = Start();
      if (result < 0) return result;
    }
    if (state_ == State::kArmed || state_ == State::kStopped) return 0;
    state_ = State::kArmed;
    if (keep_alive_) libuv_.ref(handle_);
    return 0;
  }

  void Disarm() override {
    if (state_ != State::kArmed) return;
    state_ = State::kPolled;
    libuv_.unref(handle_);
  }

  bool IsArmed() const override { return state_ == State::kArmed; }

  void KeepAlive(bool on) override {
    keep_alive_ = on;
    if (state_ != State::kArmed) return;
    if (on) {
      libuv_.ref(handle_);
    } else {
      libuv_.unref(handle_);
    }
  }

  void Stop() override {
    if (state_ == State::kStopped) return;
    state_ = State::kStopped;
    libuv_.close(handle_, OnClosed);
  }

 private:
  //             Arm()      Disarm()   the loop finds something      the loop fails           Stop()
  // kIdle       kPolled*                                                                     kStopped
  // kPolled     kArmed                kIdle                         kRefused                 kStopped
  // kArmed                 kPolled    kPolled, and it calls back    kRefused, and it calls   kStopped
  // kRefused                                                                                 kStopped
  //
  // *and on. The loop polls on after what was armed is over: to be armed again at once is the rule, and to stop and to start
  // are two system calls. A loop that cannot poll the queue is not asked again.
  enum class State { kIdle, kPolled, kArmed, kRefused, kStopped };

  bool Open(napi_env env, std::shared_ptr<LoopWatch> self) {
    if (!context_.Make(env) || libuv_.poll_init(loop_, handle_, fd_) < 0) return false;
    // The memory is the loop's until it has closed the handle, and a thread that ends must wait for that.
    self_ = std::move(self);
    libuv_.handle_set_data(handle_, this);
    libuv_.unref(handle_);
    if (napi_add_async_cleanup_hook(env, OnEnd, this, &hook_) == napi_ok) return true;
    Stop();
    return false;
  }

  static LoopWatch& Of(const Libuv::Handle* handle) {
    return *static_cast<LoopWatch*>(Libuv::Find()->handle_get_data(handle));
  }

  // libuv adds the descriptor to the loop's queue before the loop sleeps, and ends the process where the system refuses
  // that; that it is there already is no error to it. To start removes what was added before, so it is added afterwards, and
  // from then on whatever would nest it too deeply is refused instead.
  int Start() {
    int result = libuv_.poll_start(handle_, Libuv::kReadable, OnPoll);
    if (result < 0) return result;
    result = LinkToLoop(libuv_.backend_fd(loop_), fd_);
    if (result < 0) {
      libuv_.poll_stop(handle_);
      return result;
    }
    state_ = State::kPolled;
    return 0;
  }

  static void OnPoll(Libuv::Handle* handle, int status, int /* events */) {
    LoopWatch& watch = Of(handle);
    const bool calls = watch.state_ == State::kArmed;
    watch.Disarm();
    if (status < 0) {
      // libuv has stopped to poll. The wait that follows says what is wrong.
      watch.state_ = State::kRefused;
    } else if (!calls) {
      watch.libuv_.poll_stop(handle);
      watch.state_ = State::kIdle;
    }
    if (!calls) return;
    LoopTurn turn(watch.context_);
    watch.callback_.Call();
  }

  static void OnEnd(napi_async_cleanup_hook_handle, void* watch) { static_cast<LoopWatch*>(watch)->Stop(); }

  static void OnClosed(Libuv::Handle* handle) {
    std::shared_ptr<LoopWatch> self = std::move(Of(handle).self_);
    if (self->hook_ != nullptr) napi_remove_async_cleanup_hook(self->hook_);
  }

  const Libuv& libuv_;
  Libuv::Loop* loop_;
  const int fd_;
  // Not called after Stop().
  const Callback& callback_;
  AsyncContext context_;
  std::vector<std::max_align_t> memory_;
  Libuv::Handle* handle_;
  std::shared_ptr<LoopWatch> self_;
  napi_async_cleanup_hook_handle hook_ = nullptr;
  bool keep_alive_ = true;
  State state_ = State::kIdle;
};

}  // namespace selectors

#endif  // SELECTORS_LOOP_WATCH_H_
