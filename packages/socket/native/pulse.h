#pragma once

#include <node_api.h>

#include "unclaimed.h"

namespace net {

/**
 * Lets JavaScript notice, between two slices of a wait, that its environment is being ended.
 *
 * Neither worker.terminate() nor process.exit() interrupts native code: they ask V8, which looks when JavaScript is
 * entered. So does a pulse, through a function that does nothing.
 */
class Pulse {
 public:
  /** The longest time a thread may be out of JavaScript's reach. */
  static constexpr int kSliceMs = 50;

  explicit Pulse(napi_env env) : env_(env) {
    napi_value script = nullptr;
    napi_value nothing = nullptr;
    if (napi_create_string_latin1(env, "(function () {})", NAPI_AUTO_LENGTH, &script) != napi_ok) return;
    if (napi_run_script(env, script, &nothing) != napi_ok) return;
    if (napi_create_reference(env, nothing, 1, &nothing_) != napi_ok) nothing_ = nullptr;
  }
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;
  ~Pulse() {
    if (nothing_ != nullptr) napi_delete_reference(env_, nothing_);
  }

  napi_env env() const { return env_; }
  Unclaimed& unclaimed() const { return unclaimed_; }

  /** Enters JavaScript once: false when that is no longer possible, and a wait must return. */
  bool Beat() const {
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env_, &scope) != napi_ok) return false;
    const bool alive = CallNothing();
    return napi_close_handle_scope(env_, scope) == napi_ok && alive;
  }

 private:
  bool CallNothing() const {
    napi_value receiver = nullptr;
    napi_value nothing = nullptr;
    if (napi_get_undefined(env_, &receiver) != napi_ok) return false;
    if (napi_get_reference_value(env_, nothing_, &nothing) != napi_ok || nothing == nullptr) return false;
    return napi_call_function(env_, receiver, nothing, 0, nullptr, nullptr) == napi_ok;
  }

  napi_env env_;
  napi_ref nothing_ = nullptr;
  mutable Unclaimed unclaimed_;
};

}  // namespace net
