#ifndef SELECTORS_INTERNAL_CALL_H_
#define SELECTORS_INTERNAL_CALL_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "selectors/internal/reference.h"

namespace selectors {

// The arguments and the result of a call, which native-poller.ts writes and reads as arrays of these names. Integers cost
// nothing to convert, and a result that is left here is quicker than one that Node-API has to make a value of.
class Call {
 public:
  bool Make(napi_env env, napi_value exports) {
    void* data = nullptr;
    napi_value buffer = nullptr;
    if (napi_create_arraybuffer(env, sizeof(Memory), &data, &buffer) != napi_ok) return false;
    memory_ = static_cast<Memory*>(data);
    return Keep(env, buffer, reference_) && Export(env, exports, "timeout", memory_->timeout, buffer) &&
           Export(env, exports, "token", memory_->token, buffer) &&
           Export(env, exports, "control", memory_->control, buffer) &&
           Export(env, exports, "answer", memory_->answer, buffer);
  }

  // -1, which is not an id, is above all others.
  size_t id() const { return static_cast<uint32_t>(memory_->control[0]); }
  int fd() const { return memory_->control[1]; }
  uint32_t events() const { return static_cast<uint32_t>(memory_->control[2]); }
  int flag() const { return memory_->control[3]; }
  double timeout() const { return memory_->timeout[0]; }
  double& token() { return memory_->token[0]; }

  void Answer(int result) { memory_->answer[0] = result; }

 private:
  struct Memory {
    double timeout[1];
    double token[1];
    int32_t control[4];
    int32_t answer[1];
  };

  template <class Number, size_t kLength>
  bool Export(napi_env env, napi_value exports, const char* name, Number (&part)[kLength], napi_value buffer) {
    constexpr napi_typedarray_type type = std::is_same_v<Number, double> ? napi_float64_array : napi_int32_array;
    size_t offset = reinterpret_cast<char*>(part) - reinterpret_cast<char*>(memory_);
    napi_value array = nullptr;
    return napi_create_typedarray(env, type, kLength, buffer, offset, &array) == napi_ok &&
           napi_set_named_property(env, exports, name, array) == napi_ok;
  }

  Memory* memory_ = nullptr;
  // Keeps the memory alive.
  Reference reference_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_CALL_H_
