// As much of Node-API as selectors/internal/thread_alarm.h needs, without Node: a threadsafe function whose posts are delivered by RunLoop().
#ifndef NAPI_H_
#define NAPI_H_

#include <cstddef>
#include <deque>
#include <mutex>

enum napi_status { napi_ok, napi_pending_exception, napi_generic_failure };
enum napi_threadsafe_function_call_mode { napi_tsfn_nonblocking };
enum napi_threadsafe_function_release_mode { napi_tsfn_abort };
constexpr size_t NAPI_AUTO_LENGTH = static_cast<size_t>(-1);

using napi_env = struct FakeEnv*;
using napi_value = struct FakeValue*;
using napi_ref = struct FakeRef*;
using napi_handle_scope = struct FakeScope*;
using napi_callback_scope = struct FakeScope*;
using napi_async_context = struct FakeContext*;
using napi_finalize = void (*)(napi_env, void*, void*);
using napi_threadsafe_function_call_js = void (*)(napi_env, napi_value, void*, void*);

struct FakeEnv {
  int calls = 0;
};

struct FakeFunction {
  napi_finalize finalize;
  void* context;
  napi_threadsafe_function_call_js call;
  std::mutex mutex;
  int posts = 0;
  bool keeps_alive = true;
};
using napi_threadsafe_function = FakeFunction*;

inline napi_status napi_create_string_latin1(napi_env, const char*, size_t, napi_value*) {
  return napi_ok;
}
inline napi_status napi_open_handle_scope(napi_env, napi_handle_scope*) {
  return napi_ok;
}
inline napi_status napi_close_handle_scope(napi_env, napi_handle_scope) {
  return napi_ok;
}
inline napi_status napi_open_callback_scope(napi_env, napi_value, napi_async_context, napi_callback_scope*) {
  return napi_ok;
}
inline napi_status napi_close_callback_scope(napi_env, napi_callback_scope) {
  return napi_ok;
}
inline napi_status napi_async_init(napi_env, napi_value, napi_value, napi_async_context*) {
  return napi_ok;
}
inline napi_status napi_async_destroy(napi_env, napi_async_context) {
  return napi_ok;
}
inline napi_status napi_get_reference_value(napi_env, napi_ref, napi_value*) {
  return napi_ok;
}
inline napi_status napi_delete_reference(napi_env, napi_ref) {
  return napi_ok;
}
inline napi_status napi_get_global(napi_env, napi_value*) {
  return napi_ok;
}
inline napi_status napi_get_and_clear_last_exception(napi_env, napi_value*) {
  return napi_ok;
}
inline napi_status napi_fatal_exception(napi_env, napi_value) {
  return napi_ok;
}
inline napi_status napi_add_env_cleanup_hook(napi_env, void (*)(void*), void*) {
  return napi_ok;
}
inline napi_status napi_remove_env_cleanup_hook(napi_env, void (*)(void*), void*) {
  return napi_ok;
}

// The last threadsafe function.
inline FakeFunction*& Made() {
  static FakeFunction* made;
  return made;
}

inline napi_status napi_call_function(napi_env env, napi_value, napi_value, size_t, const napi_value*, napi_value*) {
  env->calls++;
  return napi_ok;
}

inline napi_status napi_create_threadsafe_function(napi_env, napi_value, napi_value, napi_value, size_t, size_t, void*,
                                                   napi_finalize finalize, void* context,
                                                   napi_threadsafe_function_call_js call,
                                                   napi_threadsafe_function* made) {
  *made = new FakeFunction{finalize, context, call, {}, 0, true};
  Made() = *made;
  return napi_ok;
}

inline napi_status napi_ref_threadsafe_function(napi_env, napi_threadsafe_function function) {
  function->keeps_alive = true;
  return napi_ok;
}
inline napi_status napi_unref_threadsafe_function(napi_env, napi_threadsafe_function function) {
  function->keeps_alive = false;
  return napi_ok;
}

inline napi_status napi_call_threadsafe_function(napi_threadsafe_function function, void*,
                                                 napi_threadsafe_function_call_mode) {
  std::lock_guard<std::mutex> guard(function->mutex);
  function->posts++;
  return napi_ok;
}

// What the loop has to release in a later turn.
inline std::deque<FakeFunction*>& Released() {
  static std::deque<FakeFunction*> released;
  return released;
}

inline napi_status napi_release_threadsafe_function(napi_threadsafe_function function,
                                                    napi_threadsafe_function_release_mode) {
  Released().push_back(function);
  return napi_ok;
}

#endif  // NAPI_H_
