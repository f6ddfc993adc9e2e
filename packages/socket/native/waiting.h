// The calls that wait on a blocking descriptor, made of calls that do not.
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>

#include "pulse.h"
#include "system.h"

namespace net {

/** The answer when the environment ends during a wait; no JavaScript will see it. */
constexpr int kEnding = -EINTR;

/** One wait for a descriptor, cut into slices. */
class Wait {
 public:
  Wait(const Pulse& pulse, int fd, Interest interest)
      : pulse_(pulse), fd_(fd), interest_(interest), timeout_ms_(TimeoutMs(fd, interest)) {}

  /**
   * Waits until another attempt makes sense: 0, -EAGAIN when the socket's own timeout is over, or kEnding.
   *
   * Being ready does not mean that the attempt succeeds: somebody else may be faster, and no event tells when the full
   * receiver of an unconnected datagram has room. After a ready slice comes a short pause, so that this does not spin.
   */
  int Slice() {
    const int left_ms = LeftMs();
    if (left_ms == 0) return -EAGAIN;
    const bool pause = ready_;
    ready_ = false;
    if (pause) {
      Poll(-1, interest_, std::min(left_ms, kPauseMs));
    } else {
      ready_ = Poll(fd_, interest_, std::min(left_ms, Pulse::kSliceMs)) != 0;
    }
    return pulse_.Beat() ? 0 : kEnding;
  }

  bool ready() const { return ready_; }

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr int kPauseMs = 1;

  int LeftMs() const {
    if (timeout_ms_ < 0) return Pulse::kSliceMs;
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();
    return passed >= timeout_ms_ ? 0 : static_cast<int>(timeout_ms_ - passed);
  }

  const Pulse& pulse_;
  const int fd_;
  const Interest interest_;
  const int timeout_ms_;
  const Clock::time_point start_ = Clock::now();
  bool ready_ = false;
};

/**
 * Repeats `attempt`, which never blocks, until its answer is another than -EAGAIN; once only if nobody wants to wait.
 */
template <typename Attempt>
int Await(const Pulse& pulse, int fd, Interest interest, Attempt attempt) {
  int result = attempt();
  if (result != -EAGAIN || !IsBlocking(fd)) return result;
  Wait wait(pulse, fd, interest);
  do {
    const int turn = wait.Slice();
    if (turn != 0) return turn;
    result = attempt();
  } while (result == -EAGAIN);
  return result;
}

inline int AwaitAccept(const Pulse& pulse, int fd, Address& peer) {
  return Await(pulse, fd, Interest::kRead, [&] { return Accept(fd, peer); });
}

inline int AwaitConnect(const Pulse& pulse, int fd, Address& address) {
  // A UNIX listener whose backlog is full answers EAGAIN and is waited for; elsewhere EAGAIN is a lack of ports.
  const int result = IsUnix(address) ? Await(pulse, fd, Interest::kWrite, [&] { return Connect(fd, address); })
                                     : Connect(fd, address);
  if (result != -EINPROGRESS || !IsBlocking(fd)) return result;
  Wait wait(pulse, fd, Interest::kWrite);
  while (!wait.ready()) {
    const int turn = wait.Slice();
    if (turn != 0) return turn == -EAGAIN ? -EINPROGRESS : turn;
  }
  return TakeError(fd);
}

/** Moves all of `bytes` with a call that moves some of the rest: how many were moved before the end or a failure. */
template <typename Move>
int MoveAll(Bytes bytes, Move move) {
  const size_t size = std::min<size_t>(bytes.size, INT_MAX);
  size_t moved = 0;
  int result = 0;
  do {
    result = move(Bytes{bytes.data + moved, size - moved});
    if (result > 0) moved += static_cast<size_t>(result);
  } while (result > 0 && moved < size);
  return moved > 0 ? static_cast<int>(moved) : result;
}

inline int AwaitRecv(const Pulse& pulse, int fd, Bytes buffer, int flags, Address* from) {
  const auto receive = [&](Bytes rest) {
    const auto attempt = [&] { return Recv(fd, rest, flags, from); };
    return MayWait(flags) ? Await(pulse, fd, InterestOfRecv(flags), attempt) : attempt();
  };
  return WaitsForAll(fd, flags) ? MoveAll(buffer, receive) : receive(buffer);
}

inline int AwaitSend(const Pulse& pulse, int fd, Bytes data, int flags, const Address* to) {
  const auto attempt = [&] { return Send(fd, data, flags, to); };
  return MayWait(flags) ? Await(pulse, fd, Interest::kWrite, attempt) : attempt();
}

inline int AwaitRead(const Pulse& pulse, int fd, Bytes buffer) {
  return Await(pulse, fd, Interest::kRead, [&] { return Read(fd, buffer); });
}

inline int AwaitWrite(const Pulse& pulse, int fd, Bytes data) {
  const auto write = [&](Bytes rest) { return Await(pulse, fd, Interest::kWrite, [&] { return Write(fd, rest); }); };
  return IsBlocking(fd) ? MoveAll(data, write) : write(data);
}

}  // namespace net
