#ifndef SELECTORS_INTERNAL_LOOP_ALARM_H_
#define SELECTORS_INTERNAL_LOOP_ALARM_H_

#include <napi.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "selectors/internal/alarm.h"
#include "selectors/internal/callback.h"
#include "selectors/internal/libuv.h"
#include "selectors/internal/loop_guest.h"
#include "selectors/internal/loop_link.h"
#include "selectors/memory.h"

namespace selectors {

// The event loop itself polls the queue's descriptor, which is readable while something is ready.
class LoopAlarm final : public Alarm, public LoopGuest {
 public:
  // -ENOTSUP if the event loop cannot do this.
  static int Make(napi_env env, int fd, const Callback& callback, std::shared_ptr<Alarm>& made) {
    Libuv::Loop* loop = LoopOf(env);
    if (loop == nullptr) return -ENOTSUP;
    auto alarm = MakeShared<LoopAlarm>(*Libuv::Find(), loop, fd, callback);
    if (!alarm) return -ENOMEM;
    if (!alarm->Open(env)) return -ENOTSUP;
    made = std::move(alarm);
    return 0;
  }

  // Public for MakeShared alone.
  LoopAlarm(const Libuv& libuv, Libuv::Loop* loop, int fd, const Callback& callback)
      : LoopGuest(libuv, loop), fd_(fd), callback_(callback) {}

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
    Leave();
  }

 private:
  //             Arm()      Disarm()   the loop finds something      the loop fails           Stop()
  // kIdle       kPolled*                                                                     kStopped
  // kPolled     kArmed                kIdle                         kRefused                 kStopped
  // kArmed                 kPolled    kPolled, and it calls back    kRefused, and it calls   kStopped
  // kRefused                                                                                 kStopped
  //
  // *and on. The loop keeps polling after it has called back: usually the alarm is armed again at once, and stopping and
  // starting are two system calls. A loop that cannot poll the queue is not asked again.
  enum class State { kIdle, kPolled, kArmed, kRefused, kStopped };

  bool Open(napi_env env) {
    if (!context_.Make(env)) return false;
    const auto init = [this](Libuv::Loop* loop, Libuv::Handle* handle) { return libuv_.poll_init(loop, handle, fd_); };
    handle_ = Enter(Libuv::kPollHandle, init);
    if (handle_ == nullptr) return false;
    if (Stay(env)) return true;
    Stop();
    return false;
  }

  void End() override { Stop(); }

  // libuv adds the descriptor to the loop's queue before the loop sleeps, and ends the process if the system refuses
  // that; finding it there already is not an error. Starting removes what was added before, so it is added afterwards, and
  // from then on the system refuses anything that would nest it too deeply.
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
    LoopAlarm& alarm = static_cast<LoopAlarm&>(Of(handle));
    const bool calls = alarm.state_ == State::kArmed;
    alarm.Disarm();
    if (status < 0) {
      // libuv has stopped polling. The wait that follows says what is wrong.
      alarm.state_ = State::kRefused;
    } else if (!calls) {
      alarm.libuv_.poll_stop(handle);
      alarm.state_ = State::kIdle;
    }
    if (!calls) return;
    LoopTurn turn(alarm.context_);
    alarm.callback_.Call();
  }

  const int fd_;
  // Not called after Stop().
  const Callback& callback_;
  AsyncContext context_;
  Libuv::Handle* handle_ = nullptr;
  bool keep_alive_ = true;
  State state_ = State::kIdle;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_ALARM_H_
