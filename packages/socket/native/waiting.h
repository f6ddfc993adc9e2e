// The calls that wait on a blocking descriptor, built from calls that do not.
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <utility>

#include "pulse.h"
#include "system.h"

namespace net {

/** The result when the environment ends during a wait; no JavaScript will see it. */
constexpr int kEnding = -EINTR;

/** One wait for a descriptor, cut into slices. */
class Wait {
 public:
  Wait(const Pulse& pulse, int fd, Interest interest)
      : pulse_(pulse), fd_(fd), interest_(interest), timeout_ms_(TimeoutMs(fd, interest)) {}

  /**
   * Waits until another attempt makes sense: 0, -EAGAIN when the socket's own timeout is over, or kEnding.
   *
   * Being ready does not mean that the attempt succeeds: somebody else may be faster, and no event tells when a full receiver of
   * an unconnected datagram, or a full backlog of a UNIX listener, has room. After a ready slice comes a pause, so that this
   * does not spin: a short one, and longer ones when it was in vain.
   */
  int Slice() {
    if (timeout_ms_ < 0) return timeout_ms_;
    const int left_ms = LeftMs();
    if (left_ms == 0) return -EAGAIN;
    const int result = ready_ ? Pause(left_ms) : Look(left_ms);
    if (result < 0) return result;
    return pulse_.Beat() ? 0 : kEnding;
  }

  bool ready() const { return ready_; }

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr int kShortestPauseMs = 1;
  static constexpr int kLongestPauseMs = 16;

  int Look(int left_ms) {
    const int result = Poll(fd_, interest_, std::min(left_ms, Pulse::kSliceMs));
    ready_ = result > 0;
    if (!ready_) pause_ms_ = kShortestPauseMs;
    return result;
  }

  int Pause(int left_ms) {
    ready_ = false;
    const int pause_ms = std::exchange(pause_ms_, std::min(2 * pause_ms_, kLongestPauseMs));
    return Poll(-1, interest_, std::min(left_ms, pause_ms));
  }

  int LeftMs() const {
    if (timeout_ms_ == kForever) return Pulse::kSliceMs;
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();
    return passed >= timeout_ms_ ? 0 : static_cast<int>(timeout_ms_ - passed);
  }

  const Pulse& pulse_;
  const int fd_;
  const Interest interest_;
  const int timeout_ms_;  // or the error of asking for it
  int pause_ms_ = kShortestPauseMs;
  const Clock::time_point start_ = Clock::now();
  bool ready_ = false;
};

/** Repeats `attempt`, which never blocks, until its result is not -EAGAIN; makes it once when nobody wants to wait. */
template <typename Attempt>
int Await(const Pulse& pulse, int fd, Interest interest, Attempt attempt) {
  int result = attempt();
  if (result != -EAGAIN) return result;
  const int blocking = GetBlocking(fd);
  if (blocking <= 0) return blocking < 0 ? blocking : result;
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
  const int blocking = GetBlocking(fd);
  if (blocking <= 0) return blocking < 0 ? blocking : Connect(fd, address);
  const auto start = [&] { return StartConnect(fd, address); };
  // Linux refuses with EAGAIN when the backlog of a UNIX listener is full, and a blocking connect(2) waits for room, within
  // SO_SNDTIMEO. In other families EAGAIN is a lack of ports.
  const int result = IsUnix(address) ? Await(pulse, fd, Interest::kWrite, start) : start();
  if (result != -EINPROGRESS) return result;
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
    // The system reports an error once. After the first bytes it is left for the next call, as the kernel's own MSG_WAITALL does.
    const bool is_later = rest.data != buffer.data;
    const auto attempt = [&] { return is_later && HasFailed(fd) != 0 ? 0 : Recv(fd, rest, flags, from); };
    return MayWait(flags) ? Await(pulse, fd, InterestOfRecv(flags), attempt) : attempt();
  };
  const int all = WaitsForAll(fd, flags);
  if (all < 0) return all;
  return all ? MoveAll(buffer, receive) : receive(buffer);
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
  const int blocking = GetBlocking(fd);
  if (blocking < 0) return blocking;
  return blocking ? MoveAll(data, write) : write(data);
}

}  // namespace net
