#include <napi.h>

#include <cstdlib>

#include "kernel.h"

// What tests look at and do beside the system calls, in the emulation that the binding under test is linked with.
namespace {

std::unique_lock<std::mutex> Lock() {
  return std::unique_lock<std::mutex>(Kernel::Get().mutex);
}

int Number(const Napi::CallbackInfo& info, size_t place) {
  return info[place].ToNumber().Int32Value();
}

Napi::Value Fail(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  auto call = static_cast<Faults::Call>(Number(info, 0));
  Kernel::Get().faults.Set(call, {Number(info, 1), Number(info, 2), Number(info, 3)});
  return info.Env().Undefined();
}

Napi::Value Clear(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  bool armed = Kernel::Get().faults.armed();
  Kernel::Get().faults.Clear();
  Kernel::Get().revoked.clear();
  return Napi::Boolean::New(info.Env(), armed);
}

Napi::Value Registered(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  auto pairs = Napi::Array::New(info.Env());
  auto queue = Kernel::Get().Find(Number(info, 0));
  if (queue == nullptr) return info.Env().Undefined();
  uint32_t length = 0;
  for (auto [fd, filter] : queue->Registered()) {
    auto pair = Napi::Array::New(info.Env(), 2);
    pair[0u] = fd;
    pair[1u] = filter;
    pairs[length++] = pair;
  }
  return pairs;
}

Napi::Value Changes(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  return Napi::Number::New(info.Env(), Kernel::Get().changes);
}

// Switches to another system's kernel; false if there is no such system.
Napi::Value Use(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  const std::string system = info[0].ToString();
  const bool exists = Kernel::Get().Use(system);
  if (exists && info[1].IsString()) Kernel::Get().release = info[1].ToString();
  // For child processes.
  if (exists) ::setenv("KQUEUE_SYSTEM", system.c_str(), 1);
  return Napi::Boolean::New(info.Env(), exists);
}

// The names of all traits, or of those that a system has.
Napi::Value Traits(const Napi::CallbackInfo& info) {
  unsigned systems = info[0].IsString() ? 0u : kEach;
  for (const Profile& profile : kProfiles) {
    if (systems == 0 && info[0].ToString().Utf8Value() == profile.name) systems = profile.system;
  }
  auto names = Napi::Array::New(info.Env());
  for (const TraitRow& row : kTraits) {
    if (row.systems & systems) names[names.Length()] = row.name;
  }
  return names;
}

Napi::Value Revoke(const Napi::CallbackInfo& info) {
  auto lock = Lock();
  Kernel::Get().revoked.insert(Number(info, 0));
  for (auto& [number, queue] : Kernel::Get().queues) {
    if (Queue::IsQueue(number)) queue->Revoke();
  }
  return info.Env().Undefined();
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports["fail"] = Napi::Function::New(env, Fail);
  exports["clear"] = Napi::Function::New(env, Clear);
  exports["registered"] = Napi::Function::New(env, Registered);
  exports["changes"] = Napi::Function::New(env, Changes);
  exports["use"] = Napi::Function::New(env, Use);
  exports["traits"] = Napi::Function::New(env, Traits);
  exports["revoke"] = Napi::Function::New(env, Revoke);
  return exports;
}

}  // namespace

NODE_API_MODULE(control, Init)
