// Does what selectors do with a helper thread and with wake-ups from others, again and again, under a sanitizer. Ends where
// an alarm does not go off.
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "selector.h"

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// poll(2), with a counter that two methods at once would corrupt, which a sanitizer would see.
class Backend {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() { return 0; }
  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t) {
    calls_++;
    polled_.push_back({fd, POLLIN, 0});
    return 0;
  }

  int Modify(int, uint32_t) {
    calls_++;
    return 0;
  }

  int Remove(int fd) {
    calls_++;
    for (size_t i = 0; i < polled_.size(); i++) {
      if (polled_[i].fd == fd) polled_.erase(polled_.begin() + static_cast<long>(i));
    }
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    calls_++;
    if (::poll(polled_.data(), polled_.size(), selectors::ToMilliseconds(timeout)) < 0) return -errno;
    for (const pollfd& polled : polled_) {
      if (polled.revents != 0) ready.Push(polled.fd, selectors::kEventRead);
    }
    return static_cast<int>(ready.size());
  }

  int Close() { return 0; }

 private:
  int calls_ = 0;
  std::vector<pollfd> polled_;
};

}  // namespace

int main() {
  std::mt19937 random(1);
  const auto end = Clock::now() + milliseconds(2000);
  int rounds = 0;
  // Wakes the selector that is being closed, and goes on when it is no more.
  std::atomic<double> closing = 0;
  std::atomic<bool> over = false;
  std::thread stranger([&] {
    for (; !over; std::this_thread::sleep_for(std::chrono::microseconds(50)))
      selectors::PublishedWakeups::Instance().Wake(closing);
  });
  while (Clock::now() < end) {
    int ends[2];
    EXPECT(::pipe(ends) == 0);
    {
      Selector<Backend> selector;
      (*selector).Add(ends[0], selectors::kEventRead);
      const double token = selector.token();
      std::atomic<bool> stop = false;
      std::atomic<int> asked = 0;
      std::atomic<int> done = 0;
      std::thread waker([&] {
        for (; !stop; std::this_thread::yield()) {
          if (asked == done) continue;
          selectors::PublishedWakeups::Instance().Wake(token);
          done++;
        }
      });
      for (int i = 0; i < 30; i++) {
        // The thread may still be inside when it is armed again.
        if (random() % 2 && (*selector).Arm() == 0) selector.Turn(milliseconds(1));
        (*selector).Disarm(false);
        const int before = selector.calls();
        const int result = (*selector).Arm();
        EXPECT(result == 0);
        asked++;
        // A look takes it then, or the thread finds it.
        if (random() % 2) {
          while (done < asked) std::this_thread::yield();
        }
        for (unsigned changes = random() % 4; changes > 0; changes--) {
          (*selector).Modify(ends[0], selectors::kEventRead);
          if (random() % 3 == 0) {
            selector.Look();
            // What the look took is owed still, however often the thread is kept out.
            for (int i = 0; i < 4; i++) (*selector).Modify(ends[0], selectors::kEventRead);
          }
          if (random() % 3 == 0) (*selector).KeepAlive(random() % 2);
        }
        const auto late = Clock::now() + milliseconds(5000);
        while (selector.calls() == before && Clock::now() < late) selector.Turn(milliseconds(random() % 3));
        EXPECT(selector.calls() > before);
        EXPECT(selector.Look() == -EINTR);
        while (done < asked) std::this_thread::yield();
        (*selector).Disarm(false);
        // Nothing waits for what arrived late.
        while (selector.Look() != 0) {
        }
      }
      if (random() % 2) (*selector).Arm();
      stop = true;
      waker.join();
      closing = token;
      if (random() % 2) (*selector).Close();
    }
    FakeEnv env;
    Deliver(&env);
    ::close(ends[0]);
    ::close(ends[1]);
    rounds++;
  }
  over = true;
  stranger.join();
  std::printf("%d\n", rounds);
}
