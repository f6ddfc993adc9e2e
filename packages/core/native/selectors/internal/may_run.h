#ifndef SELECTORS_INTERNAL_MAY_RUN_H_
#define SELECTORS_INTERNAL_MAY_RUN_H_

#include <napi.h>

#include "selectors/internal/reference.h"

namespace selectors {

// Says whether JavaScript may still run in a thread, by running some. V8 itself cannot end a native call, so
// worker.terminate() and process.exit() would otherwise wait for ever.
class MayRun {
 public:
  bool Make(napi_env env) {
    napi_value script = nullptr;
    napi_value enter = nullptr;
    return napi_create_string_latin1(env, "(function () {})", NAPI_AUTO_LENGTH, &script) == napi_ok &&
           napi_run_script(env, script, &enter) == napi_ok && Keep(env, enter, enter_);
  }

  bool operator()(napi_env env) const {
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return false;
    napi_value enter = nullptr;
    napi_value receiver = nullptr;
    bool may_run = napi_get_reference_value(env, enter_, &enter) == napi_ok &&
                   napi_get_undefined(env, &receiver) == napi_ok &&
                   napi_call_function(env, receiver, enter, 0, nullptr, nullptr) == napi_ok;
    napi_close_handle_scope(env, scope);
    return may_run;
  }

 private:
  // An empty JavaScript function.
  Reference enter_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_MAY_RUN_H_
