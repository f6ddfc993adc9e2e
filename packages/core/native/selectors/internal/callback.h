#ifndef SELECTORS_INTERNAL_CALLBACK_H_
#define SELECTORS_INTERNAL_CALLBACK_H_

#include <napi.h>

namespace selectors {

// A JavaScript function that the event loop calls.
class Callback {
 public:
  Callback(napi_env env, napi_ref function) : env_(env), function_(function) {}
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

  // Fails in a thread that is ending, like all references.
  ~Callback() { napi_delete_reference(env_, function_); }

  // Within a turn of the loop, see LoopTurn. What the function throws is an uncaught exception.
  void Call() const {
    // The function may destroy this object.
    const napi_env env = env_;
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return;
    napi_value function = nullptr;
    napi_value receiver = nullptr;
    // Not used, but Deno (2.9.6) writes it without checking for null.
    napi_value result = nullptr;
    if (napi_get_reference_value(env, function_, &function) == napi_ok && napi_get_global(env, &receiver) == napi_ok &&
        napi_call_function(env, receiver, function, 0, nullptr, &result) == napi_pending_exception) {
      napi_value error = nullptr;
      // Refused in a thread that has been told to end, where nothing was thrown.
      if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
    }
    napi_close_handle_scope(env, scope);
  }

 private:
  napi_env env_;
  napi_ref function_;
};

// What libuv's callbacks are to Node: a resource that async_hooks can identify. A threadsafe function has its own.
class AsyncContext {
 public:
  AsyncContext() = default;
  AsyncContext(const AsyncContext&) = delete;
  AsyncContext& operator=(const AsyncContext&) = delete;
  ~AsyncContext() {
    if (context_ != nullptr) napi_async_destroy(env_, context_);
  }

  bool Make(napi_env env) {
    env_ = env;
    napi_value name = nullptr;
    return napi_create_string_latin1(env, "selectors", NAPI_AUTO_LENGTH, &name) == napi_ok &&
           napi_async_init(env, nullptr, name, &context_) == napi_ok;
  }

  napi_env env() const { return env_; }
  napi_async_context get() const { return context_; }

 private:
  napi_env env_ = nullptr;
  napi_async_context context_ = nullptr;
};

// The time in which one of libuv's callbacks calls JavaScript. At its end process.nextTick() and the promises have their turn,
// which would otherwise wait for the loop's next one; what they throw is an uncaught exception, as after one of Node's timers.
// napi_make_callback() would return it to us instead, and then it could no longer be reported the way Node does.
class LoopTurn {
 public:
  explicit LoopTurn(const AsyncContext& context) : env_(context.env()) {
    if (napi_open_handle_scope(env_, &handles_) != napi_ok) return;
    if (napi_open_callback_scope(env_, nullptr, context.get(), &callback_) != napi_ok) callback_ = nullptr;
  }
  LoopTurn(const LoopTurn&) = delete;
  LoopTurn& operator=(const LoopTurn&) = delete;
  ~LoopTurn() {
    if (callback_ != nullptr) napi_close_callback_scope(env_, callback_);
    if (handles_ != nullptr) napi_close_handle_scope(env_, handles_);
  }

 private:
  napi_env env_;
  napi_handle_scope handles_ = nullptr;
  napi_callback_scope callback_ = nullptr;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_CALLBACK_H_
