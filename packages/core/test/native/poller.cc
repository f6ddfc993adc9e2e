// What a backend object does around a backend: what it passes on, how it waits, and what an asynchronous wait finds.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

#include "selector.h"

namespace {

using namespace selectors;
using std::chrono::milliseconds;

// What was asked of the backend, but for what a helper thread does.
struct Asked {
  std::vector<int> added;
  std::vector<int> removed;
  std::vector<Nanoseconds> waits;
  bool any = false;
  // What the next wait is refused with.
  int refusal = 0;
};

Asked& asked() {
  static Asked asked;
  return asked;
}

// What a helper thread does in there.
struct Helped {
  std::atomic<int> waits = 0;
  std::atomic<int64_t> longest = 0;
  // It stays for much longer than it is told to, unless something wakes it.
  std::atomic<bool> oversleeps = false;
  // It looks at nothing before it is called out.
  std::atomic<bool> looks_when_called = false;
  // What its waits are refused with.
  std::atomic<int> refusal = 0;
};

Helped& helped() {
  static Helped helped;
  return helped;
}

const std::thread::id kMain = std::this_thread::get_id();
constexpr Nanoseconds kOversleep = std::chrono::seconds(20);
// Time enough on the busiest machine, and less than that.
constexpr milliseconds kAWhile(10'000);

// poll(2), with one-shots: a helper thread that finds one has to keep it.
class Backend {
 public:
  static constexpr uint32_t kEvents = kReadWrite | kOneShot;

  int Open() { return 0; }
  int OpenAny() {
    asked().any = true;
    return 0;
  }
  int Fileno() { return -ENOTSUP; }
  int Close() { return 0; }

  int Add(int fd, uint32_t events) {
    asked().added.push_back(fd);
    polled_.push_back({fd, POLLIN, 0});
    events_.push_back(events);
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    const size_t place = PlaceOf(fd);
    polled_[place].events = POLLIN;
    events_[place] = events;
    return 0;
  }

  int Remove(int fd) {
    asked().removed.push_back(fd);
    const auto place = static_cast<long>(PlaceOf(fd));
    polled_.erase(polled_.begin() + place);
    events_.erase(events_.begin() + place);
    return 0;
  }

  int Wait(Nanoseconds timeout, ReadyList& ready) {
    if (std::this_thread::get_id() == kMain) {
      asked().waits.push_back(timeout);
      if (asked().refusal != 0) return std::exchange(asked().refusal, 0);
    } else {
      helped().longest = std::max<int64_t>(helped().longest, timeout.count());
      helped().waits++;
      if (helped().refusal != 0) return helped().refusal;
      if (helped().oversleeps) timeout = kOversleep;
      // The wake-up was added first.
      if (helped().looks_when_called) ::poll(polled_.data(), 1, -1);
    }
    if (::poll(polled_.data(), polled_.size(), ToMilliseconds(timeout)) < 0) return -errno;
    for (size_t i = 0; i < polled_.size(); i++) {
      if (polled_[i].revents == 0 || polled_[i].events == 0) continue;
      ready.Push(polled_[i].fd, kEventRead);
      if (events_[i] & kOneShot) polled_[i].events = 0;
    }
    return static_cast<int>(ready.size());
  }

 private:
  size_t PlaceOf(int fd) const {
    size_t place = 0;
    while (polled_[place].fd != fd) place++;
    return place;
  }

  std::vector<pollfd> polled_;
  std::vector<uint32_t> events_;
};

// A selector, and a pipe that it may watch.
class Fixture {
 public:
  Fixture() { EXPECT(::pipe(ends) == 0); }
  ~Fixture() {
    for (const int end : ends) ::close(end);
  }

  Poller<Backend>* operator->() { return &*selector; }

  // A blocking wait, and how often it asked whether it may go on.
  int Wait(double timeout, int turns = 1000) {
    asked().waits.clear();
    return (*selector).Wait(timeout, [&] { return turns-- > 0; });
  }

  void Write() { EXPECT(::write(ends[1], "x", 1) == 1); }

  // Until the helper thread has posted.
  void Turn() { selector.Turn(kAWhile); }

  // First.
  const bool is_fresh = (asked() = {}, true);
  Selector<Backend> selector;
  int ends[2];
};

void PassesOnWhatTheBackendTakes() {
  Fixture f;
  const int fd = f.ends[0];
  const size_t before = asked().added.size();
  EXPECT(f->Add(fd, kEventRead | kEventPriority) == -EINVAL && f->Add(fd, kEdgeTriggered | kEventRead) == -EINVAL);
  EXPECT(asked().added.size() == before && f->Add(fd, kEventRead) == 0);
  EXPECT(f->Modify(fd, kEventRead | kEventHangup) == -EINVAL);
  f.Write();
  EXPECT(f.Wait(0) == 1 && f->Remove(fd) == 0 && f.Wait(0) == 0);
  EXPECT(!asked().any);
  Poller<Backend> any;
  EXPECT(any.Open(true, -1) == 0 && asked().any);
}

void KeepsItsOwnDescriptorToItself() {
  Fixture f;
  const int wake = asked().added.back();
  EXPECT(f->Add(wake, kEventRead) == -EINVAL);
  int32_t numbers[4];
  f->SetReady(ReadyList(numbers, 4));
  EXPECT(f->Wake() == 0 && f.Wait(5) == -EINTR && f.Wait(0) == 0);
  EXPECT(f->Lost() == -ENOENT);
  ::close(wake);
  EXPECT(f->Lost() == wake && f.Wait(5) == -EBADF && f->Wake() == -EBADF);
}

void WaitsInSlices() {
  Fixture f;
  f->Add(f.ends[0], kEventRead);
  const std::vector<Nanoseconds>& waits = asked().waits;
  // On a busy machine a slice may take all of the time.
  for (int tries = 0; tries < 20 && waits.size() < 2; tries++) EXPECT(f.Wait(0.12) == 0);
  EXPECT(waits.size() >= 2 && waits[0] == kSlice);
  Slice slice;
  for (const Nanoseconds wait : waits) {
    EXPECT(wait <= slice.length());
    slice.Grow();
  }
  const auto grows = [&] { return *std::max_element(waits.begin(), waits.end()) > kSlice; };
  for (int tries = 0; tries < 20 && !grows(); tries++) EXPECT(f.Wait(0.3) == 0);
  EXPECT(grows());
  EXPECT(f.Wait(0) == 0 && waits.size() == 1 && waits[0] == Nanoseconds::zero());
  // Its thread is to end.
  EXPECT(f.Wait(-1, 1) == 0 && waits.size() == 2);
  // A signal.
  asked().refusal = -EINTR;
  f.Write();
  EXPECT(f.Wait(-1) == 1);
  asked().refusal = -ENOMEM;
  EXPECT(f.Wait(-1) == -ENOMEM);
}

void WatchesTheLoopWhileItGoesOn() {
  int queue[2];
  EXPECT(::pipe(queue) == 0);
  asked() = {};
  Poller<Backend> poller;
  int32_t numbers[4];
  poller.SetReady(ReadyList(numbers, 4));
  EXPECT(poller.Open(false, queue[0]) == 0);
  int turns = 0;
  const auto post = [&] {
    EXPECT(::write(queue[1], "x", 1) == 1);
    return ++turns < 2;
  };
  const auto start = std::chrono::steady_clock::now();
  EXPECT(poller.Wait(60, post) == 0 && turns == 2);
  EXPECT(std::chrono::steady_clock::now() - start < kAWhile);
  // Not any more.
  EXPECT(asked().added.size() == 1 && asked().removed == asked().added);
  for (const int end : queue) ::close(end);
}

void ReportsWhatAThreadHasFoundAtOnce() {
  Fixture f;
  f->Add(f.ends[0], kEventRead | kOneShot);
  EXPECT(f->Arm() == 0);
  f.Write();
  f.Turn();
  EXPECT(f.selector.calls() == 1);
  // It is known at once.
  EXPECT(f->Arm() == 1 && f->Disarm(true) == 0);
  EXPECT(f.Wait(60) == 1 && asked().waits.size() == 1 && asked().waits[0] == Nanoseconds::zero());
  EXPECT(f.Wait(0) == 0);
  // A shot that was modified, or removed, is another one.
  for (const bool removes : {false, true}) {
    EXPECT(f->Modify(f.ends[0], kEventRead | kOneShot) == 0 && f->Arm() == 0);
    f.Turn();
    char byte;
    EXPECT(::read(f.ends[0], &byte, 1) == 1);
    EXPECT((removes ? f->Remove(f.ends[0]) : f->Modify(f.ends[0], kEventRead | kOneShot)) == 0);
    EXPECT(f.Wait(0) == 0);
    f.Write();
  }
  EXPECT(f.Wait(0) == 0);
}

void OwesAWakeUpToAnAsynchronousWait() {
  Fixture f;
  f->Add(f.ends[0], kEventRead);
  EXPECT(f->Arm() == 0 && f->Wake() == 0);
  EXPECT(f.Wait(60) == -EINTR);
  // Only one blocking wait ends, and the next is not even begun with what is owed.
  EXPECT(f.Wait(0.01) == 0 && asked().waits.size() == 1);
  f.Turn();
  EXPECT(f.selector.calls() == 1 && f.Wait(60) == -EINTR && f.Wait(0) == 0);
  // What is owed ends with the wait.
  EXPECT(f->Arm() == 0 && f->Wake() == 0 && f.Wait(60) == -EINTR && f->Disarm(false) == 0 && f.Wait(0) == 0);
  // Going off does not end it, but its look that is refused does.
  for (const int refusal : {0, -ENOMEM}) {
    EXPECT(f->Arm() == 0 && f->Wake() == 0 && f.Wait(60) == -EINTR && f->Disarm(true) == 0);
    asked().refusal = refusal;
    EXPECT(f.Wait(0) == (refusal == 0 ? -EINTR : refusal) && f.Wait(0) == 0);
  }
}

void KeepsTheLoopAliveWhileItIsArmed() {
  Fixture f;
  EXPECT(!f.selector.keeps_alive());
  EXPECT(f->Arm() == 0 && f.selector.keeps_alive());
  EXPECT(f->Disarm(false) == 0 && !f.selector.keeps_alive());
  EXPECT(f->KeepAlive(false) == 0 && f->Arm() == 0 && !f.selector.keeps_alive());
  EXPECT(f->KeepAlive(true) == 0 && f.selector.keeps_alive());
  EXPECT(f->KeepAlive(false) == 0 && !f.selector.keeps_alive());
  EXPECT(f->Disarm(false) == 0 && f->KeepAlive(true) == 0 && !f.selector.keeps_alive());
  EXPECT(f->Close() == 0);
  EXPECT(f->Arm() == -EBADF && f->Disarm(false) == -EBADF && f->KeepAlive(true) == -EBADF);
}

// Whether a helper thread goes in there, one more time than before.
bool GoesInside(int before = helped().waits) {
  return WaitUntil([=] { return helped().waits > before; }, kAWhile);
}

void LetsOthersInAtOnce() {
  Fixture f;
  f->Add(f.ends[0], kEventRead);
  helped().oversleeps = true;
  // It stays in there, so that it may have gone in before anybody looks.
  int before = helped().waits;
  EXPECT(f->Arm() == 0 && GoesInside(before));
  for (int i = 0; i < 3; i++) {
    before = helped().waits;
    const auto start = std::chrono::steady_clock::now();
    EXPECT(f->Modify(f.ends[0], kEventRead) == 0);
    EXPECT(std::chrono::steady_clock::now() - start < kAWhile);
    // It goes on.
    EXPECT(GoesInside(before));
  }
  helped().oversleeps = false;
}

void SleepsWhileTheLoopDoes() {
  Fixture f;
  f->Add(f.ends[0], kEventRead);
  helped().longest = 0;
  EXPECT(f->Arm() == 0 && GoesInside() && GoesInside() && helped().longest == kSlice.count());
  f.selector.Sleep();
  EXPECT(WaitUntil([] { return helped().longest > kSlice.count(); }, kAWhile));
  // What the loop runs may close a file.
  helped().longest = 0;
  const int before = helped().waits;
  f.selector.Run();
  EXPECT(WaitUntil([=] { return helped().waits > before + 1; }, milliseconds(5000)));
  // To be called out is nothing to be told.
  EXPECT(helped().longest == kSlice.count() && !f.selector.HasPosts());
  f.Write();
  f.Turn();
  EXPECT(f.selector.calls() == 1);
}

void TellsWhateverEndsAWait() {
  const auto tells = [](Fixture& f) { return WaitUntil([&] { return f.selector.HasPosts(); }, kAWhile); };
  {
    Fixture f;
    // Known at once.
    EXPECT(f->Wake() == 0 && f->Arm() == 1 && f->Disarm(true) == 0 && f.Wait(0) == -EINTR);
    EXPECT(f->Arm() == 0 && f->Wake() == 0 && tells(f));
  }
  {
    Fixture f;
    EXPECT(f->Arm() == 0);
    helped().refusal = -ENOMEM;
    EXPECT(tells(f));
    helped().refusal = 0;
  }
  {
    Fixture f;
    const int wake = asked().added.back();
    EXPECT(f->Arm() == 0 && GoesInside());
    ::close(wake);
    EXPECT(tells(f));
  }
}

void TellsWhatItFindsWhenItIsCalledOut() {
  Fixture f;
  Fixture other;
  f->Add(f.ends[0], kEventRead | kOneShot);
  f->Add(other.ends[0], kEventRead);
  helped().looks_when_called = true;
  const int before = helped().waits;
  EXPECT(f->Arm() == 0 && GoesInside(before));
  f.Write();
  EXPECT(f->Modify(other.ends[0], kEventRead) == 0);
  // Looking once more would not find it.
  f.Turn();
  EXPECT(f.selector.calls() == 1 && f.Wait(0) == 1);
  helped().looks_when_called = false;
}

void TellsNothingOnceItIsDisarmed() {
  Fixture f;
  f->Add(f.ends[0], kEventRead);
  EXPECT(f->Arm() == 0 && GoesInside() && f->Disarm(false) == 0);
  f.Write();
  EXPECT(!WaitUntil([&] { return f.selector.HasPosts(); }, milliseconds(300)));
  // Nor does what it has told before it was disarmed.
  EXPECT(f->Arm() == 0);
  EXPECT(WaitUntil([&] { return f.selector.HasPosts(); }, kAWhile));
  EXPECT(f->Disarm(false) == 0);
  f.selector.Run();
  EXPECT(f.selector.calls() == 0 && f.Wait(0) == 1);
  // Nor what a debugger has disarmed during a blocking wait.
  Fixture other;
  other->Add(other.ends[0], kEventRead);
  EXPECT(other->Arm() == 0);
  const auto disarm = [&] { return other->Disarm(false) != 0; };
  EXPECT((*other.selector).Wait(60, disarm) == 0);
  other.Write();
  EXPECT(!WaitUntil([&] { return other.selector.HasPosts(); }, milliseconds(300)));
}

void DoesNotSleepWhereNothingCanWakeIt() {
  Fixture f;
  // Other code has the number.
  const int wake = asked().added.front();
  EXPECT(::dup2(f.ends[0], wake) == wake);
  EXPECT(f->Arm() == 0);
  helped().longest = 0;
  f.selector.Sleep();
  EXPECT(GoesInside() && GoesInside() && GoesInside() && helped().longest == kSlice.count());
  EXPECT(f->Close() == 0 && ::close(wake) == 0);
}

void HearsOfNoTurnOnceItIsClosed() {
  Fixture f;
  EXPECT(f->Arm() == 0 && f.selector.hears_of_turns());
  EXPECT(f->Close() == 0 && !f.selector.hears_of_turns());
}

void TakesSignalsAsBefore() {
  sigset_t before;
  sigset_t inside;
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  Thread thread;
  const auto look = [](void* mask) { pthread_sigmask(SIG_SETMASK, nullptr, static_cast<sigset_t*>(mask)); };
  EXPECT(thread.Start(look, &inside) == 0);
  thread.Join();
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (const int signal : {SIGTERM, SIGUSR1, SIGCHLD}) {
    EXPECT(sigismember(&inside, signal) == 1);
    EXPECT(sigismember(&before, signal) == 0 && sigismember(&after, signal) == 0);
  }
}

}  // namespace

int main() {
  PassesOnWhatTheBackendTakes();
  KeepsItsOwnDescriptorToItself();
  WaitsInSlices();
  WatchesTheLoopWhileItGoesOn();
  ReportsWhatAThreadHasFoundAtOnce();
  OwesAWakeUpToAnAsynchronousWait();
  KeepsTheLoopAliveWhileItIsArmed();
  LetsOthersInAtOnce();
  SleepsWhileTheLoopDoes();
  TellsWhateverEndsAWait();
  TellsWhatItFindsWhenItIsCalledOut();
  TellsNothingOnceItIsDisarmed();
  DoesNotSleepWhereNothingCanWakeIt();
  HearsOfNoTurnOnceItIsClosed();
  TakesSignalsAsBefore();
  FakeEnv env;
  Deliver(&env);
}
