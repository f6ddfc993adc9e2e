#ifndef SELECTORS_INTERNAL_LIBUV_H_
#define SELECTORS_INTERNAL_LIBUV_H_

#include <dlfcn.h>

#include <cstddef>

namespace selectors {

// The part of libuv that polls a descriptor and reports the loop's turns, looked up in the process: not every runtime has it, and
// Node-API's headers do not declare it. See https://docs.libuv.org/en/v1.x/poll.html; what is used here is the same in all of 1.x.
struct Libuv {
  using Loop = void;
  using Handle = void;
  using OnPoll = void (*)(Handle* handle, int status, int events);
  using OnTurn = void (*)(Handle* handle);
  using OnClosed = void (*)(Handle* handle);

  // UV_CHECK, UV_POLL, UV_PREPARE and UV_READABLE of uv.h.
  static constexpr int kCheckHandle = 2;
  static constexpr int kPollHandle = 8;
  static constexpr int kPrepareHandle = 9;
  static constexpr int kReadable = 1;

  int (*backend_fd)(const Loop* loop) = nullptr;
  size_t (*handle_size)(int type) = nullptr;
  void (*handle_set_data)(Handle* handle, void* data) = nullptr;
  void* (*handle_get_data)(const Handle* handle) = nullptr;
  int (*poll_init)(Loop* loop, Handle* handle, int fd) = nullptr;
  int (*poll_start)(Handle* handle, int events, OnPoll on_poll) = nullptr;
  int (*poll_stop)(Handle* handle) = nullptr;
  int (*prepare_init)(Loop* loop, Handle* handle) = nullptr;
  int (*prepare_start)(Handle* handle, OnTurn on_turn) = nullptr;
  int (*prepare_stop)(Handle* handle) = nullptr;
  int (*check_init)(Loop* loop, Handle* handle) = nullptr;
  int (*check_start)(Handle* handle, OnTurn on_turn) = nullptr;
  int (*check_stop)(Handle* handle) = nullptr;
  void (*ref)(Handle* handle) = nullptr;
  void (*unref)(Handle* handle) = nullptr;
  void (*close)(Handle* handle, OnClosed on_closed) = nullptr;

  // Returns null if the process has no libuv, or an older one.
  static const Libuv* Find() {
    static const Libuv libuv;
    return libuv.complete_ ? &libuv : nullptr;
  }

 private:
  Libuv() {
    complete_ = Look(backend_fd, "uv_backend_fd") && Look(handle_size, "uv_handle_size") &&
                Look(handle_set_data, "uv_handle_set_data") && Look(handle_get_data, "uv_handle_get_data") &&
                Look(poll_init, "uv_poll_init") && Look(poll_start, "uv_poll_start") &&
                Look(poll_stop, "uv_poll_stop") && Look(prepare_init, "uv_prepare_init") &&
                Look(prepare_start, "uv_prepare_start") && Look(prepare_stop, "uv_prepare_stop") &&
                Look(check_init, "uv_check_init") && Look(check_start, "uv_check_start") &&
                Look(check_stop, "uv_check_stop") && Look(ref, "uv_ref") && Look(unref, "uv_unref") &&
                Look(close, "uv_close");
  }

  template <class Function>
  static bool Look(Function& function, const char* name) {
    function = reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
    return function != nullptr;
  }

  bool complete_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LIBUV_H_
