#ifndef SELECTORS_INTERNAL_LOOP_GUEST_H_
#define SELECTORS_INTERNAL_LOOP_GUEST_H_

#include <napi.h>

#include <cstddef>
#include <memory>

#include "selectors/internal/libuv.h"
#include "selectors/memory.h"

namespace selectors {

// An owner of libuv handles. Their memory belongs to the loop until it has closed them, and a thread that ends waits for that.
class LoopGuest : public std::enable_shared_from_this<LoopGuest> {
 public:
  LoopGuest(const Libuv& libuv, Libuv::Loop* loop) : libuv_(libuv), loop_(loop) {}
  LoopGuest(const LoopGuest&) = delete;
  LoopGuest& operator=(const LoopGuest&) = delete;
  virtual ~LoopGuest() = default;

  // Null if libuv is not available.
  static Libuv::Loop* LoopOf(napi_env env) {
    uv_loop_s* loop = nullptr;
    return Libuv::Find() != nullptr && napi_get_uv_event_loop(env, &loop) == napi_ok ? loop : nullptr;
  }

 protected:
  // Makes a handle, which does not keep the loop alive. `init` is libuv's. Null if it refuses, or there is no memory.
  template <class Init>
  Libuv::Handle* Enter(int type, Init init) {
    List<std::max_align_t>& memory = handles_[count_];
    if (!memory.Reserve(libuv_.handle_size(type) / sizeof(std::max_align_t) + 1)) return nullptr;
    Libuv::Handle* handle = memory.data();
    if (init(loop_, handle) < 0) return nullptr;
    count_++;
    libuv_.handle_set_data(handle, this);
    libuv_.unref(handle);
    return handle;
  }

  // False if the thread would not wait for it; then Leave() has to be called.
  bool Stay(napi_env env) {
    self_ = shared_from_this();
    return napi_add_async_cleanup_hook(env, OnEnd, this, &hook_) == napi_ok;
  }

  // Closes the handles. To be called once at most; the object may be destroyed by this, later.
  void Leave() {
    open_ = count_;
    for (size_t i = 0; i < count_; i++) libuv_.close(handles_[i].data(), OnClosed);
  }

  // Its thread is ending, so it has to leave.
  virtual void End() = 0;

  static LoopGuest& Of(const Libuv::Handle* handle) {
    return *static_cast<LoopGuest*>(Libuv::Find()->handle_get_data(handle));
  }

  const Libuv& libuv_;
  Libuv::Loop* loop_;

 private:
  static void OnEnd(napi_async_cleanup_hook_handle, void* guest) { static_cast<LoopGuest*>(guest)->End(); }

  static void OnClosed(Libuv::Handle* handle) {
    LoopGuest& guest = Of(handle);
    if (--guest.open_ > 0) return;
    std::shared_ptr<LoopGuest> self = std::move(guest.self_);
    if (guest.hook_ != nullptr) napi_remove_async_cleanup_hook(guest.hook_);
  }

  // The most handles that any guest has.
  List<std::max_align_t> handles_[2];
  size_t count_ = 0;
  size_t open_ = 0;
  std::shared_ptr<LoopGuest> self_;
  napi_async_cleanup_hook_handle hook_ = nullptr;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_GUEST_H_
