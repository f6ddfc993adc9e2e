#ifndef SELECTORS_DEADLINE_H_
#define SELECTORS_DEADLINE_H_

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

namespace selectors {

using Nanoseconds = std::chrono::nanoseconds;

// Longest single system call at first: V8 has no way to end a wait, so termination is checked for this often.
constexpr Nanoseconds kSlice = std::chrono::milliseconds(50);

// The same in a wait that has lasted for some time.
constexpr Nanoseconds kLongSlice = std::chrono::seconds(1);

// How long the next system call of a wait may take, so that what nothing tells it of is noticed.
class Slice {
 public:
  Nanoseconds length() const { return length_; }

  // After each in vain: an eighth of the time that was waited for in vain is little to be late by.
  void Grow() { length_ = std::min(length_ + length_ / 8, kLongSlice); }

  // Because something tells it of almost everything.
  void Stretch() { length_ = kLongSlice; }

 private:
  Nanoseconds length_ = kSlice;
};

// Longest single system call of a helper thread, which is woken when it is to end. In milliseconds it fits in an int.
constexpr Nanoseconds kLongestWait = std::chrono::hours(1);

// The moment at which a wait ends, on the monotonic clock, which changes of the system's time do not affect.
class Deadline {
 public:
  // Takes seconds, rounded up to nanoseconds. 0 does not wait, and does not look at the clock; a negative number waits for ever,
  // and so does one whose nanoseconds would not fit in 64 bits.
  explicit Deadline(double seconds) : kind_(seconds < 0 || seconds > kLongest ? kNever : seconds > 0 ? kLater : kNow) {
    if (kind_ == kLater) end_ = Clock::now() + Nanoseconds(static_cast<int64_t>(std::ceil(seconds * 1e9)));
  }

  // How long the next system call may take: what is left, at most a slice; 0 once the deadline has passed.
  Nanoseconds NextSlice(Nanoseconds slice) const {
    if (kind_ == kNow) return Nanoseconds::zero();
    if (kind_ == kNever) return slice;
    return std::clamp<Nanoseconds>(end_ - Clock::now(), Nanoseconds::zero(), slice);
  }

  bool HasPassed() const { return kind_ == kNow || (kind_ == kLater && Clock::now() >= end_); }

 private:
  static constexpr double kLongest = 1e9;

  using Clock = std::chrono::steady_clock;
  enum Kind { kNow, kLater, kNever };

  Kind kind_;
  Clock::time_point end_;
};

inline timespec ToTimespec(Nanoseconds time) {
  timespec result = {};
  result.tv_sec = static_cast<decltype(result.tv_sec)>(time.count() / 1'000'000'000);
  result.tv_nsec = static_cast<decltype(result.tv_nsec)>(time.count() % 1'000'000'000);
  return result;
}

// The older calls are exact then, and cost less.
inline bool IsWholeMilliseconds(Nanoseconds time) {
  return time.count() % 1'000'000 == 0;
}

// Rounded up, so that a wait is never early.
inline int ToMilliseconds(Nanoseconds time) {
  return static_cast<int>((time.count() + 999'999) / 1'000'000);
}

}  // namespace selectors

#endif  // SELECTORS_DEADLINE_H_
