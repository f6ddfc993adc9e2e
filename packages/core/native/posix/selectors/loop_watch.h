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

  int Arm() override {
    if (stopped_ || armed_) return 0;
    if (!polled_) {
      int result = LinkToLoop(libuv_.backend_fd(loop_), fd_);
      if (result == 0) result = libuv_.poll_start(handle_, Libuv::kReadable, OnPoll);
      if (result < 0) return result;
    }
    polled_ = armed_ = true;
    if (keep_alive_) libuv_.ref(handle_);
    return 0;
  }

  // The loop polls on until it finds something: to be armed again at once is the rule, and stopping and starting are two
  // system calls.
  void Disarm() override {
    if (stopped_ || !armed_) return;
    armed_ = false;
    libuv_.unref(handle_);
  }

  void KeepAlive(bool on) override {
    keep_alive_ = on;
    if (stopped_ || !armed_) return;
    if (on) {
      libuv_.ref(handle_);
    } else {
      libuv_.unref(handle_);
    }
  }

  void Stop() override {
    if (stopped_) return;
    stopped_ = true;
    libuv_.close(handle_, OnClosed);
  }

 private:
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

  // A failed poll counts as well: the wait that follows says what is wrong.
  static void OnPoll(Libuv::Handle* handle, int /* status */, int /* events */) {
    LoopWatch& watch = Of(handle);
    if (watch.armed_) {
      watch.Disarm();
      LoopTurn turn(watch.context_);
      watch.callback_.Call();
    } else {
      watch.polled_ = false;
      watch.libuv_.poll_stop(handle);
    }
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
  bool armed_ = false;
  bool polled_ = false;
  bool stopped_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_LOOP_WATCH_H_
