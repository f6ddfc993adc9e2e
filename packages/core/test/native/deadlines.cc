// How long waits take, and when it is worth while to look before one.
#include <array>

#include "expect.h"
#include "selectors/deadline.h"
#include "selectors/first_look.h"

namespace {

using namespace selectors;
using std::chrono::hours;
using std::chrono::milliseconds;

// 50 years after the machine was started.
Nanoseconds now = hours(24 * 365 * 50);

void DeadlinesAreNotEarly() {
  const Deadline none(0);
  EXPECT(none.HasPassed() && none.NextSlice(kSlice) == Nanoseconds::zero());
  for (const double never : {-1.0, -1e-9, 1.1e9, 1e300}) {
    EXPECT(!Deadline(never).HasPassed() && Deadline(never).NextSlice(kLongestWait) == kLongestWait);
  }
  // The longest that is counted, of 32 years.
  EXPECT(Deadline(1e9).NextSlice(hours(300'000)) == std::chrono::seconds(1'000'000'000));
  EXPECT(Deadline(1e9).NextSlice(kSlice) == kSlice);
  // Rounded up to nanoseconds.
  EXPECT(Deadline(1e-12).NextSlice(kSlice) == Nanoseconds(1));
  EXPECT(Deadline(2.5e-9).NextSlice(kSlice) == Nanoseconds(3));
  const Deadline soon(0.06);
  EXPECT(soon.NextSlice(kSlice) == kSlice && !soon.HasPassed());
  now += kSlice;
  EXPECT(soon.NextSlice(kSlice) == milliseconds(10) && !soon.HasPassed());
  now += milliseconds(10) - Nanoseconds(1);
  EXPECT(soon.NextSlice(kSlice) == Nanoseconds(1) && !soon.HasPassed());
  now += Nanoseconds(1);
  EXPECT(soon.NextSlice(kSlice) == Nanoseconds::zero() && soon.HasPassed());
  now += hours(1);
  EXPECT(soon.NextSlice(kSlice) == Nanoseconds::zero() && soon.HasPassed());
}

void TimesAreRoundedUp() {
  const std::array<std::array<int, 2>, 5> rounded = {{{0, 0}, {1, 1}, {999'999, 1}, {1'000'000, 1}, {1'000'001, 2}}};
  for (const auto& [time, ms] : rounded) {
    EXPECT(ToMilliseconds(Nanoseconds(time)) == ms);
    EXPECT(IsWholeMilliseconds(Nanoseconds(time)) == (time == 1'000'000 * ms));
  }
  EXPECT(ToMilliseconds(kLongestWait) == 3'600'000);
  const timespec both = ToTimespec(Nanoseconds(3'000'000'004));
  EXPECT(both.tv_sec == 3 && both.tv_nsec == 4);
}

void LooksThatFindNothingAreSeldom() {
  FirstLook look;
  EXPECT(look.IsDue() && look.IsDue());
  look.Missed();
  int without = 0;
  while (!look.IsDue()) without++;
  EXPECT(without == 16 && look.IsDue());
  look.Missed();
  EXPECT(!look.IsDue());
  look.Pays();
  EXPECT(look.IsDue());
}

}  // namespace

// In place of the C++ library's: it goes on when it is told to.
std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  return time_point(::now);
}

int main() {
  DeadlinesAreNotEarly();
  TimesAreRoundedUp();
  LooksThatFindNothingAreSeldom();
}
