// What the headers without a system call promise to a backend.
#include <fcntl.h>

#include <array>
#include <vector>

#include "expect.h"
#include "selectors/deadline.h"
#include "selectors/fd_table.h"
#include "selectors/first_look.h"
#include "selectors/internal/kept.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"
#include "selectors/unique_fd.h"

namespace {

using namespace selectors;
using std::chrono::hours;
using std::chrono::milliseconds;

template <class T>
std::vector<T> Copy(List<T>& list) {
  return {list.begin(), list.end()};
}

void ListsHoldWhatTheyAreGiven() {
  List<int> list;
  EXPECT(list.empty());
  for (int i = 1; i <= 4; i++) EXPECT(list.Push(10 * i));
  EXPECT(list.Insert(list.begin() + 1, 15));
  EXPECT((Copy(list) == std::vector<int>{10, 15, 20, 30, 40}));
  EXPECT(list.Insert(list.end(), 50));
  list.Erase(list.begin());
  list.Erase(list.begin() + 2);
  EXPECT((Copy(list) == std::vector<int>{15, 20, 40, 50}));
  list.Erase(list.end() - 1);
  EXPECT(list.back() == 40 && list.size() == 3 && !list.empty());
  list.Pop();
  EXPECT((Copy(list) == std::vector<int>{15, 20}));
  list.Clear();
  EXPECT(list.empty() && list.begin() == list.end());
}

void ListsGrowSeldom() {
  List<int> list;
  int moves = 0;
  for (int i = 0; i < 10'000; i++) {
    const int* before = list.data();
    const size_t room = list.size();
    EXPECT(list.Push(i));
    moves += list.data() != before && room > 0;
  }
  EXPECT(moves < 30);
  for (int i = 0; i < 10'000; i++) EXPECT(list[static_cast<size_t>(i)] == i);
  // What has been reserved needs no memory.
  List<int> reserved;
  EXPECT(reserved.Reserve(5000));
  const int* place = reserved.data();
  while (reserved.size() < 5000) EXPECT(reserved.Push(1));
  EXPECT(reserved.data() == place);
}

void WhatAListIsLongerByIsZero() {
  List<int> list;
  for (int i = 0; i < 5; i++) EXPECT(list.Push(7));
  EXPECT(list.Resize(2) && list.Resize(6));
  EXPECT((Copy(list) == std::vector<int>{7, 7, 0, 0, 0, 0}));
}

void AListWithoutMemoryIsAsItWas() {
  List<int> list;
  EXPECT(list.Push(1) && list.Push(2));
  // No machine has so much; the second is not to be taken for little.
  for (const size_t count : {SIZE_MAX / 8, SIZE_MAX / sizeof(int) + 2}) {
    EXPECT(!list.Reserve(count) && !list.Resize(count));
    EXPECT((Copy(list) == std::vector<int>{1, 2}));
  }
}

struct Counted {
  explicit Counted(int& living) : living_(living) { living_++; }
  ~Counted() { living_--; }
  int& living_;
};

struct Vast {
  std::array<char, 1ull << 46> bytes;
};

void ObjectsEndWithTheirOwners() {
  int living = 0;
  {
    Owned<Counted> one = Make<Counted>(living);
    std::shared_ptr<Counted> two = MakeShared<Counted>(living);
    std::shared_ptr<Counted> also = two;
    EXPECT(one && two && living == 2);
    two.reset();
    EXPECT(living == 2);
  }
  EXPECT(living == 0);
  EXPECT(!Make<Vast>() && !MakeShared<Vast>());
}

bool IsOpen(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

int OpenFile() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void DescriptorsAreClosedOnceWithTheirOwners() {
  // 0 is one as well.
  ::close(0);
  {
    UniqueFd lowest(OpenFile());
    EXPECT(lowest.get() == 0 && IsOpen(0));
  }
  EXPECT(!IsOpen(0));
  UniqueFd first(OpenFile());
  int other = -1;
  {
    UniqueFd fd(OpenFile());
    const int before = fd.get();
    other = OpenFile();
    fd.Reset(other);
    EXPECT(fd.get() == other && !IsOpen(before));
    EXPECT(fd.Release() == other && fd.get() == -1);
    fd.Reset();
    EXPECT(UniqueFd().get() == -1);
  }
  EXPECT(IsOpen(other) && IsOpen(first.get()));
  first.Reset();
  EXPECT(first.get() == -1 && !IsOpen(0));
  ::close(other);
}

void TablesHoldAnyDescriptor() {
  // Low ones; those around the first page, and around the first branch; what shares upper, middle or lower bits.
  const std::vector<int> fds = {0,     1,     7,     1023,   1024,   1279,    1280,          65535,
                                65536, 65537, 65792, 131072, 131079, 1 << 24, (1 << 24) + 7, 0x7fffffff};
  FdTable<int> table;
  for (const int fd : fds) {
    EXPECT(table.Find(fd) == nullptr);
    EXPECT(table.Insert(fd, fd ^ 1));
  }
  const auto visited = [&] {
    std::vector<int> found;
    table.ForEach([&](int fd, int value) {
      EXPECT(value == (fd ^ 1));
      found.push_back(fd);
    });
    return found;
  };
  EXPECT(visited() == fds);
  for (const int fd : fds) {
    EXPECT(table.Find(fd) != nullptr && *table.Find(fd) == (fd ^ 1));
    EXPECT(table.Find(fd ^ 2) == nullptr);
    table.Erase(fd);
    EXPECT(table.Find(fd) == nullptr);
    // What is not there needs no erasing.
    table.Erase(fd);
    table.Erase(fd ^ 2);
  }
  EXPECT(visited().empty());
  // In an order that makes the table grow in front of what is there.
  for (auto fd = fds.rbegin(); fd != fds.rend(); ++fd) EXPECT(table.Reserve(*fd) && table.Insert(*fd, *fd ^ 1));
  EXPECT(visited() == fds);
}

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

using Pairs = std::vector<std::array<uint32_t, 2>>;

Pairs Read(const ReadyList& ready) {
  Pairs pairs;
  for (size_t i = 0; i < ready.size(); i++) pairs.push_back({static_cast<uint32_t>(ready.fd(i)), ready.events(i)});
  return pairs;
}

void WhatIsReadyIsAPairEach() {
  // An odd number is one that is left over.
  std::vector<int32_t> numbers(7, -5);
  ReadyList ready(numbers.data(), 7);
  EXPECT(ready.capacity() == 3 && ready.size() == 0);
  EXPECT(ready.Push(8, kEventRead) && ready.Push(9, kEventWrite));
  ready.Merge(9, kEventHangup);
  ready.Merge(8, kEventRead | kEventError);
  ready.Merge(3, kEventPriority);
  EXPECT((Read(ready) == Pairs{{8, kEventRead | kEventError}, {9, kEventWrite | kEventHangup}, {3, kEventPriority}}));
  EXPECT(!ready.Push(4, kEventRead));
  // What is there already finds room.
  ready.Merge(3, kEventRead);
  ready.Merge(4, kEventRead);
  EXPECT(ready.size() == 3 && ready.events(2) == (kEventPriority | kEventRead) && numbers[6] == -5);
  EXPECT(!ready.Take(4) && ready.Take(8));
  EXPECT((Read(ready) == Pairs{{3, kEventPriority | kEventRead}, {9, kEventWrite | kEventHangup}}));
  EXPECT(ready.Take(9) && ready.Take(3) && !ready.Take(3) && ready.size() == 0);
}

void WhatIsHiddenIsNotReady() {
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), 2);
  ready.Hide(6);
  EXPECT(ready.Push(5, kEventRead) && !ready.found_hidden());
  // Nor does it need room.
  EXPECT(ready.Push(6, kEventRead) && ready.found_hidden());
  EXPECT((Read(ready) == Pairs{{5, kEventRead}}));
  ready.Clear();
  EXPECT(!ready.found_hidden() && ready.size() == 0);
  EXPECT(ready.Push(6, kEventRead) && ready.found_hidden() && ready.size() == 0);
}

// What is reported of what is kept.
Pairs Merged(Kept& kept) {
  std::vector<int32_t> numbers(16);
  ReadyList ready(numbers.data(), numbers.size());
  EXPECT(kept.MergeInto(ready) == static_cast<int>(ready.size()));
  EXPECT(kept.empty());
  return Read(ready);
}

void Add(Kept& kept, int fd, uint32_t events) {
  EXPECT(kept.Reserve(fd));
  kept.Add(fd, events);
}

void Keep(Kept& kept, int fd, uint32_t events) {
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), 2);
  ready.Push(fd, events);
  kept.Keep(ready);
}

void WhatLookingConsumesIsKept() {
  Kept kept;
  Add(kept, 3, kReadWrite);
  Add(kept, 4, kEventRead | kEdgeTriggered);
  Add(kept, 5, kReadWrite | kOneShot);
  Add(kept, 6, kEventRead | kEventPriority | kEventError);
  EXPECT(kept.empty() && kept.Has(3) && kept.Has(6) && !kept.Has(7));
  for (const int fd : {3, 4, 5, 6, 7}) Keep(kept, fd, kEventRead | kEventPriority | kEventError);
  Keep(kept, 5, kEventWrite);
  EXPECT(!kept.empty());
  const uint32_t both = kEventPriority | kEventError;
  EXPECT((Merged(kept) == Pairs{{4, kEventRead | both}, {5, kReadWrite | both}, {6, both}}));
  EXPECT(Merged(kept).empty());
  // It is kept anew when it is found anew.
  Keep(kept, 4, kEventRead);
  EXPECT((Merged(kept) == Pairs{{4, kEventRead}}));
  // What a wait has found itself is a pair with that.
  Keep(kept, 6, kEventPriority);
  std::vector<int32_t> numbers(4);
  ReadyList ready(numbers.data(), 4);
  ready.Push(6, kEventRead);
  EXPECT(kept.MergeInto(ready) == 1 && (Read(ready) == Pairs{{6, kEventRead | kEventPriority}}));
}

void WhatIsNoLongerWatchedIsNotKept() {
  Kept kept;
  Add(kept, 4, kEventRead | kEdgeTriggered);
  Add(kept, 5, kEventRead | kOneShot);
  Add(kept, 6, kEventRead | kEventPriority | kEventError);
  for (const int fd : {4, 5, 6}) Keep(kept, fd, kEventRead | kEventPriority | kEventError);
  // An edge and a shot come again.
  kept.Modify(4, kEventRead | kEdgeTriggered);
  kept.Modify(5, kEventRead | kOneShot);
  kept.Modify(6, kEventRead | kEventError);
  EXPECT((Merged(kept) == Pairs{{6, kEventError}}));
  // So few are left that one more has to find the room of those that are gone.
  Keep(kept, 4, kEventRead);
  Keep(kept, 5, kEventRead);
  kept.Remove(4);
  EXPECT((Merged(kept) == Pairs{{5, kEventRead}}));
  Keep(kept, 5, kEventRead);
  kept.Remove(5);
  EXPECT(kept.empty() && !kept.Has(5));
  Keep(kept, 5, kEventRead);
  EXPECT(kept.empty());
  // What was never added.
  kept.Modify(9, kEventRead);
  kept.Remove(9);
  // A number that is used again is another registration.
  Add(kept, 5, kEventRead);
  Keep(kept, 5, kEventRead);
  EXPECT(kept.empty());
}

void ALoopDoesNotLookAtWhatThatConsumes() {
  Kept kept;
  EXPECT(kept.fits_loop());
  for (const uint32_t unfit : {kEventPriority, kExclusive}) {
    Add(kept, 3, kEventRead | unfit);
    Add(kept, 4, kEventRead | kEdgeTriggered | kOneShot);
    EXPECT(!kept.fits_loop());
    kept.Modify(3, kEventRead);
    EXPECT(kept.fits_loop());
    kept.Modify(4, kEventRead | unfit);
    EXPECT(!kept.fits_loop());
    kept.Remove(3);
    EXPECT(!kept.fits_loop());
    kept.Remove(4);
    EXPECT(kept.fits_loop());
  }
}

void KeepingNeedsNoMemory() {
  Kept kept;
  for (int fd = 0; fd < 64; fd++) Add(kept, fd, kEventRead | kEdgeTriggered);
  // A removed one leaves room, and does not count.
  for (int fd = 0; fd < 32; fd++) kept.Remove(fd);
  for (int fd = 100; fd < 132; fd++) Add(kept, fd, kEventRead | kOneShot);
  for (int fd = 0; fd < 132; fd++) Keep(kept, fd, kEventRead);
  std::vector<int32_t> numbers(2 * 132);
  ReadyList ready(numbers.data(), numbers.size());
  EXPECT(kept.MergeInto(ready) == 64);
}

}  // namespace

int main() {
  DescriptorsAreClosedOnceWithTheirOwners();
  ListsHoldWhatTheyAreGiven();
  ListsGrowSeldom();
  WhatAListIsLongerByIsZero();
  AListWithoutMemoryIsAsItWas();
  ObjectsEndWithTheirOwners();
  TablesHoldAnyDescriptor();
  DeadlinesAreNotEarly();
  TimesAreRoundedUp();
  LooksThatFindNothingAreSeldom();
  WhatIsReadyIsAPairEach();
  WhatIsHiddenIsNotReady();
  WhatLookingConsumesIsKept();
  WhatIsNoLongerWatchedIsNotKept();
  ALoopDoesNotLookAtWhatThatConsumes();
  KeepingNeedsNoMemory();
}
