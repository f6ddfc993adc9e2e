// What ends a wait, step by step: the states of a Wakeup, the numbers under which others find it, and what it does when other code closes
// or takes its descriptors.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include <array>
#include <vector>

#include "expect.h"
#include "selectors/internal/open_apart.h"
#include "selectors/internal/wakeup.h"

namespace {

using namespace selectors;

class Opened : public Wakeup {
 public:
  Opened() { EXPECT(Open() == 0 && !IsRaised()); }

  // Whether a wait that watches it ends.
  bool IsRaised() const {
    pollfd polled = {fd(), POLLIN, 0};
    return ::poll(&polled, 1, 0) == 1;
  }

  // A blocking wait of a selector that has an asynchronous one pending, or not.
  bool EndsWait(bool leaves_owed) {
    if (leaves_owed) Suspend();
    const bool ends = IsRaised() && Take(leaves_owed);
    if (leaves_owed) Restore();
    return ends;
  }
};

void EndsOneWaitHoweverOftenItIsCalled() {
  Opened wakeup;
  EXPECT(!wakeup.IsPending() && !wakeup.EndsWait(false));
  for (int i = 0; i < 3; i++) wakeup.Wake();
  EXPECT(wakeup.IsPending() && wakeup.EndsWait(false));
  EXPECT(!wakeup.IsPending() && !wakeup.IsRaised() && !wakeup.EndsWait(false));
  wakeup.Wake();
  EXPECT(wakeup.EndsWait(false) && !wakeup.EndsWait(false));
}

void EndsTheAsynchronousWaitToo() {
  Opened wakeup;
  wakeup.Wake();
  EXPECT(wakeup.EndsWait(true));
  // It is owed to the other one: no further blocking wait ends.
  EXPECT(wakeup.IsPending() && wakeup.IsRaised());
  EXPECT(!wakeup.EndsWait(true) && !wakeup.EndsWait(true));
  EXPECT(wakeup.IsPending() && wakeup.IsRaised());
  // Such a wait is not even begun with it; a thread may have raised it late.
  wakeup.Suspend();
  EXPECT(!wakeup.IsRaised());
  wakeup.Interrupt();
  EXPECT(!wakeup.Take(true) && !wakeup.IsRaised());
  wakeup.Restore();
  EXPECT(wakeup.EndsWait(false));
  EXPECT(!wakeup.IsPending() && !wakeup.IsRaised() && !wakeup.EndsWait(false));
}

void EndsTheNextBlockingWaitWhileOneIsOwed() {
  Opened wakeup;
  wakeup.Wake();
  EXPECT(wakeup.EndsWait(true));
  wakeup.Wake();
  EXPECT(wakeup.EndsWait(true) && !wakeup.EndsWait(true));
  // One wait ends for both.
  EXPECT(wakeup.EndsWait(false) && !wakeup.IsPending() && !wakeup.EndsWait(false));
}

void IsNotOwedToAWaitThatIsOver() {
  Opened wakeup;
  wakeup.Wake();
  EXPECT(wakeup.EndsWait(true));
  wakeup.Forgive();
  EXPECT(!wakeup.IsPending() && !wakeup.EndsWait(false) && !wakeup.IsRaised());
  wakeup.Wake();
  wakeup.Forgive();
  EXPECT(wakeup.IsPending() && wakeup.EndsWait(false));
}

void IsNotLostInAnInterruption() {
  Opened wakeup;
  wakeup.Interrupt();
  EXPECT(wakeup.IsRaised() && !wakeup.IsPending());
  wakeup.EndInterrupt();
  EXPECT(!wakeup.IsRaised());
  // Before it, in the middle, and owed.
  wakeup.Wake();
  wakeup.Interrupt();
  wakeup.EndInterrupt();
  EXPECT(wakeup.EndsWait(false));
  wakeup.Interrupt();
  wakeup.Wake();
  wakeup.EndInterrupt();
  EXPECT(wakeup.EndsWait(true));
  wakeup.Interrupt();
  wakeup.EndInterrupt();
  EXPECT(wakeup.IsRaised() && wakeup.EndsWait(false));
  // However often it is interrupted.
  for (int i = 0; i < 1000; i++) wakeup.Interrupt();
  wakeup.EndInterrupt();
  EXPECT(!wakeup.IsRaised());
  // Nor does it end a wait in vain.
  wakeup.Interrupt();
  EXPECT(!wakeup.EndsWait(false) && !wakeup.IsRaised());
}

void IsFoundUnderItsNumberAlone() {
  PublishedWakeups& published = PublishedWakeups::Instance();
  std::array<Owned<Opened>, 4> wakeups;
  std::array<double, 4> tokens = {};
  for (size_t i = 0; i < wakeups.size(); i++) {
    wakeups[i] = Make<Opened>();
    tokens[i] = wakeups[i]->Publish();
    // The same, however often it is asked for.
    EXPECT(tokens[i] > 0 && wakeups[i]->Publish() == tokens[i]);
    EXPECT(i == 0 || tokens[i] > tokens[i - 1]);
  }
  const double gone = tokens[1];
  wakeups[1].reset();
  for (const double none : {0.0, -1.0, 1.0, tokens[0] - 1, tokens[0] + 0.5, gone, tokens[3] + 1, 1e300}) {
    EXPECT(!published.Wake(none));
  }
  for (const size_t i : {0, 2, 3}) EXPECT(!wakeups[i]->IsPending());
  for (const size_t i : {3, 0, 2}) {
    EXPECT(published.Wake(tokens[i]));
    for (const size_t other : {0, 2, 3}) EXPECT(wakeups[other]->EndsWait(false) == (other == i));
  }
  // One that was never published takes no other's place, and a number is not given out again.
  {
    Opened silent;
  }
  EXPECT(published.Wake(tokens[0]) && Opened().Publish() > tokens[3]);
}

bool IsReadable(int fd) {
  pollfd polled = {fd, POLLIN, 0};
  return ::poll(&polled, 1, 0) == 1;
}

int FlagsOf(int fd) {
  return ::fcntl(fd, F_GETFL);
}

// The numbers of a WakeFd: all below a hundred that it says are its own.
std::vector<int> NumbersOf(const Wakeup& wakeup) {
  std::vector<int> numbers;
  for (int fd = 0; fd < 100; fd++) {
    if (wakeup.HasAny([&](int own) { return own == fd; })) numbers.push_back(fd);
  }
  return numbers;
}

void HasTwoNumbersThatNobodyInherits() {
  std::vector<int> numbers;
  {
    Opened wakeup;
    numbers = NumbersOf(wakeup);
    EXPECT(numbers.size() == 2 && wakeup.Lost() == -1);
    for (const int fd : numbers) {
      EXPECT(::fcntl(fd, F_GETFD) == FD_CLOEXEC && FlagsOf(fd) & O_NONBLOCK);
    }
  }
  for (const int fd : numbers) EXPECT(::fcntl(fd, F_GETFD) < 0);
}

// By a number that it closed, and has a pipe under by now. Two numbers of one eventfd reach a wait all the same.
void LeavesOtherCodesFilesAlone() {
  for (const size_t which : {0, 1}) {
    int ends[2];
    EXPECT(::pipe(ends) == 0 && ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
    const int file = ::dup(ends[1]);
    int closed = -1;
    {
      Opened wakeup;
      const std::vector<int> numbers = NumbersOf(wakeup);
      closed = numbers[which];
      const int other = numbers[1 - which];
      const bool is_one_file = (FlagsOf(other) & O_ACCMODE) == O_RDWR;
      ::close(closed);
      EXPECT(wakeup.Lost() == closed);
      EXPECT(::dup2(file, closed) == closed && wakeup.Lost() == closed);
      wakeup.Wake();
      EXPECT(!is_one_file || IsReadable(other));
      EXPECT(wakeup.Take(false) && !(is_one_file && IsReadable(other)) && !IsReadable(ends[0]));
    }
    // It is still there, and nothing was written to it.
    EXPECT(::fcntl(closed, F_GETFD) >= 0);
    for (const int fd : {file, closed, ends[0], ends[1]}) ::close(fd);
  }
}

void ReadsNothingOfOtherCodes() {
  for (const size_t which : {0, 1}) {
    int ends[2];
    EXPECT(::pipe(ends) == 0 && ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && ::write(ends[1], "x", 1) == 1);
    int number = -1;
    {
      Opened wakeup;
      number = NumbersOf(wakeup)[which];
      EXPECT(::dup2(ends[0], number) == number);
      wakeup.Wake();
      EXPECT(wakeup.Take(false) && IsReadable(ends[0]));
    }
    for (const int fd : {number, ends[0], ends[1]}) EXPECT(::close(fd) == 0);
  }
}

void TakesNoNumberThatIsWatched() {
  Owned<Opened> usual = Make<Opened>();
  const std::vector<int> taken = NumbersOf(*usual);
  usual.reset();
  for (const int fd : taken) {
    Owned<Opened> apart;
    EXPECT(OpenApart(apart, [&](int number) { return number == fd; }) == 0);
    EXPECT(!apart->HasAny([&](int number) { return number == fd; }));
    // What was held meanwhile is closed.
    EXPECT(::fcntl(fd, F_GETFD) < 0);
  }
}

}  // namespace

int main() {
  // As in Node.
  ::signal(SIGPIPE, SIG_IGN);
  EndsOneWaitHoweverOftenItIsCalled();
  EndsTheAsynchronousWaitToo();
  EndsTheNextBlockingWaitWhileOneIsOwed();
  IsNotOwedToAWaitThatIsOver();
  IsNotLostInAnInterruption();
  IsFoundUnderItsNumberAlone();
  HasTwoNumbersThatNobodyInherits();
  LeavesOtherCodesFilesAlone();
  ReadsNothingOfOtherCodes();
  TakesNoNumberThatIsWatched();
}
