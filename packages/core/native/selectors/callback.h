#ifndef SELECTORS_CALLBACK_H_
#define SELECTORS_CALLBACK_H_

#include <napi.h>

namespace selectors {

// A function of JavaScript's that the event loop calls. It throws nothing.
class Callback {
 public:
  Callback(napi_env env, napi_ref function) : env_(env), function_(function) {}
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

  // Fails in a thread that ends, together with all references.
  ~Callback() { napi_delete_reference(env_, function_); }

  // Runs what the promises that it resolves lead to as well, which a plain call leaves until the loop's next turn.
  void Call() const {
    // It may destroy this object.
    const napi_env env = env_;
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return;
    napi_value function = nullptr;
    napi_value receiver = nullptr;
    // Of no interest, but Deno (2.9.6) writes it without asking whether there is a place for it.
    napi_value result = nullptr;
    if (napi_get_reference_value(env, function_, &function) == napi_ok && napi_get_global(env, &receiver) == napi_ok &&
        napi_make_callback(env, nullptr, receiver, function, 0, nullptr, &result) == napi_pending_exception) {
      napi_value ending = nullptr;
      napi_get_and_clear_last_exception(env, &ending);
    }
    napi_close_handle_scope(env, scope);
  }

 private:
  napi_env env_;
  napi_ref function_;
};

}  // namespace selectors

#endif  // SELECTORS_CALLBACK_H_
