// What tests see of the emulation, through Node-API:
//
//   arm(call, skipped, times, errno, applied)   see Arm(); call is 0 for open, 1 for write, 2 for ioctl
//   disarm()
//   count(call)                                 how many calls of this kind there have been
//   devices()                                   the descriptors of all open devices
//   watched(fd)                                 [fd, events, fd, events, ...] of one, as POLLIN and POLLOUT
#include <node_api.h>

#include <cstdint>
#include <iterator>
#include <vector>

#include "device.h"
#include "faults.h"

using namespace devpoll_emulation;

namespace {

struct Numbers {
  int32_t values[5] = {};

  Numbers(napi_env env, napi_callback_info info) {
    napi_value arguments[5];
    size_t count = std::size(arguments);
    if (napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr) != napi_ok) return;
    for (size_t i = 0; i < count && i < std::size(arguments); i++) napi_get_value_int32(env, arguments[i], &values[i]);
  }

  Call call() const { return static_cast<Call>(values[0]); }
};

napi_value ToArray(napi_env env, const std::vector<int>& numbers) {
  napi_value array = nullptr;
  napi_create_array(env, &array);
  for (size_t i = 0; i < numbers.size(); i++) {
    napi_value number = nullptr;
    napi_create_int32(env, numbers[i], &number);
    napi_set_element(env, array, static_cast<uint32_t>(i), number);
  }
  return array;
}

napi_value ArmCall(napi_env env, napi_callback_info info) {
  Numbers numbers(env, info);
  const int32_t* values = numbers.values;
  Arm(numbers.call(), values[1], values[2], {values[3], static_cast<size_t>(values[4])});
  return nullptr;
}

napi_value DisarmAll(napi_env, napi_callback_info) {
  Disarm();
  return nullptr;
}

napi_value Count(napi_env env, napi_callback_info info) {
  napi_value count = nullptr;
  napi_create_int32(env, CountOf(Numbers(env, info).call()), &count);
  return count;
}

napi_value Devices(napi_env env, napi_callback_info) {
  return ToArray(env, AllDevices());
}

napi_value Watched(napi_env env, napi_callback_info info) {
  std::vector<int> numbers;
  if (auto device = FindDevice(Numbers(env, info).values[0])) {
    for (const pollfd& watched : device->Watched()) {
      numbers.push_back(watched.fd);
      numbers.push_back(watched.events);
    }
  }
  return ToArray(env, numbers);
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"arm", nullptr, ArmCall, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"disarm", nullptr, DisarmAll, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"count", nullptr, Count, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"devices", nullptr, Devices, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"watched", nullptr, Watched, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  napi_define_properties(env, exports, std::size(functions), functions);
  return exports;
}
