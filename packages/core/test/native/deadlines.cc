// How long waits take, and when it is worth while to look before one.
#include <array>

#include "expect.h"
#include "selectors/deadline.h"
#include "selectors/first_look.h"

namespace {

using namespace selectors;
using std::chrono::hours;
using std::chrono::milliseconds;

void DeadlinesAreNotEarly() {
  const Deadline now(0);
  EXPECT(now.HasPassed() && now.NextSlice(kSlice) == Nanoseconds::zero());
  for (const double never : {-1.0, -1e-9, 1e10, 1e300}) {
    EXPECT(!Deadline(never).HasPassed() && Deadline(never).NextSlice(kLongestWait) == kLongestWait);
  }
  // The longest that is counted, of 32 years.
  const Deadline far(1e9);
  EXPECT(!far.HasPassed() && far.NextSlice(hours(270'000)) > hours(270'000) - milliseconds(60'000));
  EXPECT(far.NextSlice(kSlice) == kSlice);
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const Deadline soon(0.002);
  EXPECT(soon.NextSlice(kSlice) <= milliseconds(2));
  while (!soon.HasPassed()) EXPECT(Clock::now() - start < std::chrono::seconds(5));
  EXPECT(Clock::now() - start >= milliseconds(2));
  EXPECT(soon.NextSlice(kSlice) == Nanoseconds::zero());
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

int main() {
  DeadlinesAreNotEarly();
  TimesAreRoundedUp();
  LooksThatFindNothingAreSeldom();
}
