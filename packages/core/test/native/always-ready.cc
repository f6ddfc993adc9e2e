// What a queue refuses, and is ready for good.
#include <fcntl.h>
#include <poll.h>

#include <vector>

#include "expect.h"
#include "pairs.h"
#include "selectors/always_ready.h"

namespace {

// What fstat(2) is refused with.
int refusal = 0;

}  // namespace

#ifdef __linux__
extern "C" int fstat(int fd, struct stat* file) noexcept {
  errno = refusal;
  return refusal == 0 ? ::fstatat(fd, "", file, AT_EMPTY_PATH) : -1;
}
#endif

namespace {

using namespace selectors;

// A regular file.
int OpenFile() {
  return ::open(__FILE__, O_RDONLY | O_CLOEXEC);
}

// What is always ready, in a queue that is poll(2).
class Always {
 public:
  Always() {
    EXPECT(ready_.beacon() == -1);
    EXPECT(ready_.Open([](int) { return false; }, [](int) { return 0; }) == 0);
  }

  AlwaysReady* operator->() { return &ready_; }

  // The queue tells of it exactly where there is something to report.
  Pairs Report(size_t room = 8) {
    const bool is_raised = IsRaised();
    std::vector<int32_t> numbers(2 * room);
    ReadyList ready(numbers.data(), numbers.size());
    ready_.Report(ready);
    EXPECT(is_raised == (ready.size() > 0));
    return Read(ready);
  }

  bool IsRaised() const {
    pollfd polled = {ready_.beacon(), POLLIN, 0};
    return ::poll(&polled, 1, 0) == 1;
  }

 private:
  AlwaysReady ready_;
};

void ABeaconIsOpenedOnce() {
  AlwaysReady always;
  int watched = 0;
  const auto watch = [&](int) { return ++watched, 0; };
  const int lowest = OpenFile();
  ::close(lowest);
  // Nobody may keep what the queue has refused.
  EXPECT(always.Open([](int) { return false; }, [](int) { return -ENOSPC; }) == -ENOSPC && always.beacon() == -1);
  EXPECT(always.Open([=](int fd) { return fd <= lowest; }, watch) == 0 && always.beacon() > lowest);
  EXPECT(always.Open([](int) { return true; }, watch) == 0 && watched == 1);
}

void WhatIsAlwaysReadyIsReported() {
  Always always;
  const int fd = OpenFile();
  const uint32_t file = static_cast<uint32_t>(fd);
  EXPECT(always->Modify(fd, kEventRead) == -ENOENT && always.Report().empty());
  EXPECT(always->Add(fd, kEventRead | kEventHangup) == 0);
  for (int i = 0; i < 2; i++) EXPECT((always.Report() == Pairs{{file, kEventRead}}));
  EXPECT(always->Modify(fd, kReadWrite) == 0 && (always.Report() == Pairs{{file, kReadWrite}}));
  EXPECT(always->Modify(fd, kEventPriority) == 0 && always.Report().empty());
  EXPECT(always->AddEnd(fd, kEventHangup | kEventPriority) == 0 && (always.Report() == Pairs{{file, kEventHangup}}));
  always->Remove(fd);
  EXPECT(always.Report().empty());
  always->Remove(fd);
  ::close(fd);
  EXPECT(always->Add(fd, kEventRead) == -EBADF && always->AddEnd(fd, kEventRead) == -EBADF && always.Report().empty());
}

void ThereIsOneShotAndOneEdge() {
  Always always;
  const int shot = OpenFile();
  const int edge = OpenFile();
  EXPECT(always->Add(shot, kEventRead | kOneShot) == 0 && always->Add(edge, kEventWrite | kEdgeTriggered) == 0);
  const Pairs shots = {{static_cast<uint32_t>(shot), kEventRead}};
  const Pairs edges = {{static_cast<uint32_t>(edge), kEventWrite}};
  // What found no room comes the next time.
  EXPECT(always.Report(1) == shots && always.Report(1) == edges && always.Report().empty());
  EXPECT(always->Modify(shot, kEventRead | kOneShot) == 0 && always.Report() == shots && always.Report().empty());
  EXPECT(always->Modify(edge, kEventWrite | kEdgeTriggered) == 0 && always.Report() == edges);
  ::close(shot);
  ::close(edge);
}

void AnotherFileIsNotReady() {
  Always always;
  const int fd = OpenFile();
  EXPECT(always->Add(fd, kEventRead) == 0 && ::close(fd) == 0);
  EXPECT(::open("/dev/null", O_RDONLY | O_CLOEXEC) == fd && always->Modify(fd, kEventWrite) == -ENOENT);
  EXPECT(always.IsRaised());
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), numbers.size());
  always->Report(ready);
  EXPECT(ready.size() == 0 && always.Report().empty());
  ::close(fd);
}

// As on a server that does not answer.
void AFileThatTellsNothingIsReady() {
  Always always;
  const int fd = OpenFile();
  EXPECT(always->Add(fd, kEventRead) == 0);
  const Pairs both = always.Report();
  refusal = EIO;
  EXPECT(both.size() == 1 && always.Report() == both);
#ifdef __linux__
  refusal = EBADF;
  EXPECT(always.IsRaised());
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), numbers.size());
  always->Report(ready);
  EXPECT(ready.size() == 0);
#endif
  refusal = 0;
  ::close(fd);
}

}  // namespace

int main() {
  ABeaconIsOpenedOnce();
  WhatIsAlwaysReadyIsReported();
  ThereIsOneShotAndOneEdge();
  AnotherFileIsNotReady();
  AFileThatTellsNothingIsReady();
}
