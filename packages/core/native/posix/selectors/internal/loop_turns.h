#ifndef SELECTORS_INTERNAL_LOOP_TURNS_H_
#define SELECTORS_INTERNAL_LOOP_TURNS_H_

#include <napi.h>

#include <memory>

#include "selectors/internal/libuv.h"
#include "selectors/internal/loop_guest.h"
#include "selectors/memory.h"

namespace selectors {

// Reports when an event loop goes to sleep, and when it runs again.
class LoopTurns final : public LoopGuest {
 public:
  class Listener {
   public:
    virtual void OnLoopSleeps() = 0;
    virtual void OnLoopRuns() = 0;

   protected:
    ~Listener() = default;
  };

  // Null if libuv is not available.
  static std::shared_ptr<LoopTurns> Make(napi_env env, Listener& listener) {
    Libuv::Loop* loop = LoopOf(env);
    if (loop == nullptr) return nullptr;
    auto turns = MakeShared<LoopTurns>(*Libuv::Find(), loop, listener);
    return turns && turns->Open(env) ? turns : nullptr;
  }

  // Public for MakeShared alone.
  LoopTurns(const Libuv& libuv, Libuv::Loop* loop, Listener& listener) : LoopGuest(libuv, loop), listener_(listener) {}

  // Nothing is reported before this. May be called again.
  void Start() {
    if (is_closed_) return;
    libuv_.prepare_start(prepare_, [](Libuv::Handle* handle) { Self(handle).listener_.OnLoopSleeps(); });
    libuv_.check_start(check_, [](Libuv::Handle* handle) { Self(handle).listener_.OnLoopRuns(); });
  }

  void Stop() {
    if (is_closed_) return;
    libuv_.prepare_stop(prepare_);
    libuv_.check_stop(check_);
  }

  // Stops reporting: the listener may be destroyed. May be called twice.
  void Close() {
    if (is_closed_) return;
    is_closed_ = true;
    Leave();
  }

 private:
  bool Open(napi_env env) {
    // Both fail only for want of memory.
    prepare_ = Enter(Libuv::kPrepareHandle, libuv_.prepare_init);
    if (prepare_ == nullptr) return false;
    check_ = Enter(Libuv::kCheckHandle, libuv_.check_init);
    if (Stay(env) && check_ != nullptr) return true;
    Close();
    return false;
  }

  void End() override { Close(); }

  static LoopTurns& Self(Libuv::Handle* handle) { return static_cast<LoopTurns&>(Of(handle)); }

  Listener& listener_;
  Libuv::Handle* prepare_ = nullptr;
  Libuv::Handle* check_ = nullptr;
  bool is_closed_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_TURNS_H_
