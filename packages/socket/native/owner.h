#pragma once

#include <node_api.h>

#include <cerrno>
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

/** Tells our objects from those of other addons, which wrap what they like. */
constexpr napi_type_tag kOwnerTag = {0x8d1c3f0a5be24796, 0x9a67e2d04c1b58f3};

/**
 * Makes a JavaScript object the owner of `fd`: its collection closes it, and so does the end of the environment, in a
 * terminated worker for example. Returns `fd`; -EINVAL after closing it when the environment cannot do that any more; or the
 * system's refusal, after closing what was opened for this object.
 */
inline int Own(const Pulse& pulse, napi_value object, int fd) {
  const auto finalize = [](napi_env, void* owner, void*) { std::unique_ptr<UniqueFd>(static_cast<UniqueFd*>(owner)); };
  const bool is_ours = pulse.unclaimed().Claim(fd);
  if (const int refused = TakeOver(fd); refused < 0) {
    if (is_ours) Close(fd);
    return refused;
  }
  auto owner = std::make_unique<UniqueFd>(fd);
  if (napi_type_tag_object(pulse.env(), object, &kOwnerTag) != napi_ok) return -EINVAL;
  if (napi_wrap(pulse.env(), object, owner.get(), finalize, nullptr, nullptr) != napi_ok) return -EINVAL;
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
