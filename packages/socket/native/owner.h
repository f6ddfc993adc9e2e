#pragma once

#include <node_api.h>

#include <memory>
#include <utility>

#include "pulse.h"
#include "system.h"

namespace net {

/** A descriptor that is closed once, at the latest with this object. */
class UniqueFd {
 public:
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { Close(); }

  int get() const { return fd_; }
  int Close() { return fd_ < 0 ? 0 : net::Close(std::exchange(fd_, -1)); }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

/**
 * Makes a JavaScript object the owner of `fd`: its collection closes it, and so does the end of the environment, in a
 * terminated worker for example. Answers `fd`, or -1 after closing it when the environment cannot do that any more.
 */
inline int Own(const Pulse& pulse, napi_value object, int fd) {
  const auto finalize = [](napi_env, void* owner, void*) { std::unique_ptr<UniqueFd>(static_cast<UniqueFd*>(owner)); };
  pulse.unclaimed().Claim(fd);
  TakeOver(fd);
  auto owner = std::make_unique<UniqueFd>(fd);
  if (napi_wrap(pulse.env(), object, owner.get(), finalize, nullptr, nullptr) != napi_ok) return -1;
  owner.release();
  return fd;
}

inline int CloseOwned(UniqueFd& owner) {
  return owner.Close();
}

inline int Release(UniqueFd& owner) {
  return owner.Release();
}

}  // namespace net
