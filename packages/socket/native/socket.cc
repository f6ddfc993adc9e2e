// The binding of @selectors/socket: one JavaScript function per operation. Numbers go in, a result or a negative errno
// comes out; src/ checks arguments and makes errors. An address is sizeof(Address) bytes to JavaScript.
#include <napi.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "method.h"
#include "owner.h"
#include "pulse.h"
#include "system.h"
#include "waiting.h"

namespace net {

namespace {

// The number of this interface. src/binding.ts has the other half, `version`.
constexpr uint32_t kInterface = 1;

int NewSocket(const Pulse& pulse, int family, int type, int protocol) {
  const int fd = OpenSocket(family, type, protocol);
  return pulse.unclaimed().Add(fd, {fd});
}

int NewPair(const Pulse& pulse, int family, int type, int protocol, int (&fds)[2]) {
  const int result = OpenPair(family, type, protocol, fds);
  return pulse.unclaimed().Add(result, {fds[0], fds[1]});
}

int NewPipe(const Pulse& pulse, int (&fds)[2]) {
  const int result = OpenPipe(fds);
  return pulse.unclaimed().Add(result, {fds[0], fds[1]});
}

int NewConnection(const Pulse& pulse, int listener, Address& peer) {
  const int fd = AwaitAccept(pulse, listener, peer);
  return pulse.unclaimed().Add(fd, {fd});
}

int NewDuplicate(const Pulse& pulse, int original) {
  const int fd = Duplicate(original);
  return pulse.unclaimed().Add(fd, {fd});
}

int Receive(const Pulse& pulse, int fd, Bytes buffer, int flags) {
  return AwaitRecv(pulse, fd, buffer, flags, nullptr);
}

int ReceiveFrom(const Pulse& pulse, int fd, Bytes buffer, int flags, Address& from) {
  return AwaitRecv(pulse, fd, buffer, flags, &from);
}

int SendOn(const Pulse& pulse, int fd, Bytes data, int flags) {
  return AwaitSend(pulse, fd, data, flags, nullptr);
}

int SendTo(const Pulse& pulse, int fd, Bytes data, int flags, Address& to) {
  return AwaitSend(pulse, fd, data, flags, &to);
}

/** Writes [family, port, flow information, scope] and returns the host or path. */
napi_value ReadAddress(const Pulse& pulse, Address& address, int (&numbers)[4]) {
  const AddressText text = Describe(address);
  numbers[0] = text.family;
  numbers[1] = text.port;
  numbers[2] = static_cast<int>(text.flowinfo);
  numbers[3] = static_cast<int>(text.scope_id);
  napi_value host = nullptr;
  const napi_status status = napi_create_string_utf8(pulse.env(), text.host.data(), text.host.size(), &host);
  return status == napi_ok ? host : nullptr;
}

napi_property_descriptor Named(const char* name, napi_value value) {
  return {name, nullptr, nullptr, nullptr, nullptr, value, napi_enumerable, nullptr};
}

template <auto kFunction>
napi_property_descriptor Named(const char* name, Pulse* pulse) {
  return {name, nullptr, Method<kFunction>, nullptr, nullptr, nullptr, napi_enumerable, pulse};
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  auto owned = std::make_unique<Pulse>(env);
  Pulse* pulse = owned.get();
  const auto finalize = [](napi_env, void* data, void*) { std::unique_ptr<Pulse>(static_cast<Pulse*>(data)); };
  if (napi_set_instance_data(env, pulse, finalize, nullptr) != napi_ok) return exports;
  owned.release();

  napi_value package = nullptr;
  napi_value version = nullptr;
  napi_value address_size = nullptr;
  if (napi_create_string_utf8(env, "@selectors/socket", NAPI_AUTO_LENGTH, &package) != napi_ok) return exports;
  if (napi_create_uint32(env, kInterface, &version) != napi_ok) return exports;
  if (napi_create_uint32(env, sizeof(Address), &address_size) != napi_ok) return exports;
  const std::array properties = {
      Named("package", package),
      Named("version", version),
      Named("addressSize", address_size),
      Named<NewSocket>("socket", pulse),
      Named<NewPair>("pair", pulse),
      Named<NewPipe>("pipe", pulse),
      Named<NewDuplicate>("dup", pulse),
      Named<Own>("own", pulse),
      Named<CloseOwned>("close", pulse),
      Named<Release>("release", pulse),
      Named<GetBlocking>("getBlocking", pulse),
      Named<SetBlocking>("setBlocking", pulse),
      Named<Identify>("identify", pulse),
      Named<Bind>("bind", pulse),
      Named<Listen>("listen", pulse),
      Named<NewConnection>("accept", pulse),
      Named<AwaitConnect>("connect", pulse),
      Named<Receive>("recv", pulse),
      Named<ReceiveFrom>("recvFrom", pulse),
      Named<SendOn>("send", pulse),
      Named<SendTo>("sendTo", pulse),
      Named<AwaitRead>("read", pulse),
      Named<AwaitWrite>("write", pulse),
      Named<Shutdown>("shutdown", pulse),
      Named<GetOption>("getOption", pulse),
      Named<SetOption>("setOption", pulse),
      Named<GetSockName>("getSockName", pulse),
      Named<GetPeerName>("getPeerName", pulse),
      Named<MakeInet>("makeInet", pulse),
      Named<MakeUnix>("makeUnix", pulse),
      Named<MakeRaw>("makeRaw", pulse),
      Named<ReadAddress>("readAddress", pulse),
      Named<CopyRaw>("copyRaw", pulse),
  };
  // A failure leaves a pending exception, which `require` throws.
  napi_define_properties(env, exports, properties.size(), properties.data());
  return exports;
}

}  // namespace

NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init)

}  // namespace net
