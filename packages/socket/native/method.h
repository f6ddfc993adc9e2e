// Turns a C++ function into a JavaScript function: numbers, strings and bytes in, a number out.
#pragma once

#include <node_api.h>

#include <cerrno>
#include <string>
#include <tuple>
#include <utility>

#include "owner.h"
#include "pulse.h"
#include "system.h"

namespace net {

/** Decodes an argument of the given type. `Read` says whether the JavaScript value was one. */
template <typename Type>
struct Argument;

template <>
struct Argument<int> {
  int value = 0;
  bool Read(napi_env env, napi_value from) { return napi_get_value_int32(env, from, &value) == napi_ok; }
  int Get() const { return value; }
};

template <>
struct Argument<int64_t> {
  int64_t value = 0;
  bool Read(napi_env env, napi_value from) { return napi_get_value_int64(env, from, &value) == napi_ok; }
  int64_t Get() const { return value; }
};

template <>
struct Argument<napi_value> {
  napi_value value = nullptr;
  bool Read(napi_env, napi_value from) {
    value = from;
    return true;
  }
  napi_value Get() const { return value; }
};

template <>
struct Argument<const std::string&> {
  std::string value;
  bool Read(napi_env env, napi_value from) {
    size_t size = 0;
    if (napi_get_value_string_utf8(env, from, nullptr, 0, &size) != napi_ok) return false;
    value.resize(size);
    return napi_get_value_string_utf8(env, from, value.data(), size + 1, &size) == napi_ok;
  }
  const std::string& Get() const { return value; }
};

/** The memory of a typed array. */
template <typename Element, napi_typedarray_type kType>
struct Elements {
  Element* data = nullptr;
  size_t length = 0;
  bool Read(napi_env env, napi_value from) {
    napi_typedarray_type type = kType;
    void* start = nullptr;
    if (napi_get_typedarray_info(env, from, &type, &length, &start, nullptr, nullptr) != napi_ok) return false;
    data = static_cast<Element*>(start);
    return type == kType;
  }
};

template <>
struct Argument<Bytes> {
  void* data = nullptr;
  size_t length = 0;
  bool Read(napi_env env, napi_value from) { return napi_get_buffer_info(env, from, &data, &length) == napi_ok; }
  Bytes Get() const { return {static_cast<uint8_t*>(data), length}; }
};

template <>
struct Argument<Address&> : Elements<uint8_t, napi_uint8_array> {
  bool Read(napi_env env, napi_value from) { return Elements::Read(env, from) && length == sizeof(Address); }
  Address& Get() const { return *reinterpret_cast<Address*>(data); }
};

template <size_t kLength>
struct Argument<int (&)[kLength]> : Elements<int, napi_int32_array> {
  bool Read(napi_env env, napi_value from) { return Elements::Read(env, from) && length == kLength; }
  int (&Get() const)[kLength] { return *reinterpret_cast<int (*)[kLength]>(data); }
};

template <>
struct Argument<UniqueFd&> {
  void* owner = nullptr;
  bool Read(napi_env env, napi_value from) {
    bool is_ours = false;
    if (napi_check_object_type_tag(env, from, &kOwnerTag, &is_ours) != napi_ok || !is_ours) return false;
    return napi_unwrap(env, from, &owner) == napi_ok && owner != nullptr;
  }
  UniqueFd& Get() const { return *static_cast<UniqueFd*>(owner); }
};

inline napi_value Encode(napi_env env, int result) {
  napi_value encoded = nullptr;
  return napi_create_int32(env, result, &encoded) == napi_ok ? encoded : nullptr;
}

inline napi_value Encode(napi_env, napi_value result) {
  return result;
}

/** Decodes the arguments of a call, makes it and returns its result; -EINVAL when they are not what the function takes. */
template <typename... Parameters, typename Function, size_t... kIndex>
napi_value Decode(napi_env env, napi_callback_info info, Function function, std::index_sequence<kIndex...>) {
  size_t count = sizeof...(Parameters);
  napi_value values[sizeof...(Parameters)] = {};
  void* pulse = nullptr;
  if (napi_get_cb_info(env, info, &count, values, nullptr, &pulse) != napi_ok || pulse == nullptr) return nullptr;
  std::tuple<Argument<Parameters>...> arguments;
  if (!(std::get<kIndex>(arguments).Read(env, values[kIndex]) && ...)) return Encode(env, -EINVAL);
  return Encode(env, function(*static_cast<const Pulse*>(pulse), std::get<kIndex>(arguments).Get()...));
}

template <typename Result, typename... Parameters>
napi_value Invoke(napi_env env, napi_callback_info info, Result (*function)(Parameters...)) {
  const auto call = [function](const Pulse&, Parameters... parameters) { return function(parameters...); };
  return Decode<Parameters...>(env, info, call, std::index_sequence_for<Parameters...>{});
}

template <typename Result, typename... Parameters>
napi_value Invoke(napi_env env, napi_callback_info info, Result (*function)(const Pulse&, Parameters...)) {
  return Decode<Parameters...>(env, info, function, std::index_sequence_for<Parameters...>{});
}

/** A method of the binding, made of a function that may take the environment's pulse first. */
template <auto kFunction>
napi_value Method(napi_env env, napi_callback_info info) {
  return Invoke(env, info, kFunction);
}

}  // namespace net
