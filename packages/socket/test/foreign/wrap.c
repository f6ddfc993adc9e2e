// Another addon, which wraps memory of its own: two ints that JavaScript reads back.
#include <node_api.h>
#include <stddef.h>

static int memory[2];

static napi_value Wrap(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_int32(env, arguments[1], &memory[0]);
  memory[1] = memory[0];
  napi_wrap(env, arguments[0], memory, NULL, NULL, NULL);
  return arguments[0];
}

static napi_value Read(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value both, number;
  napi_create_array_with_length(env, 2, &both);
  for (unsigned i = 0; i < 2; i++) {
    napi_create_int32(env, memory[i], &number);
    napi_set_element(env, both, i, number);
  }
  return both;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "wrap", NAPI_AUTO_LENGTH, Wrap, NULL, &function);
  napi_set_named_property(env, exports, "wrap", function);
  napi_create_function(env, "read", NAPI_AUTO_LENGTH, Read, NULL, &function);
  napi_set_named_property(env, exports, "read", function);
  return exports;
}
