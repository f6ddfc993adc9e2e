#include <poll.h>
#include <sys/epoll.h>
#include <sys/event.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "kernel.h"

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr nanoseconds kTick = std::chrono::milliseconds(10);
// How often to look at what wakes nothing, such as regular files.
constexpr nanoseconds kLook = std::chrono::milliseconds(5);

int Fail(int error) {
  errno = error;
  return -1;
}

bool IsValid(const Kernel& kernel, const timespec& timeout) {
  if (timeout.tv_sec < 0 || timeout.tv_nsec < 0 || timeout.tv_nsec >= 1'000'000'000) return false;
  if (kernel.Has(Trait::kTimeoutsTo31Bits) && timeout.tv_sec > INT32_MAX) return false;
  return !kernel.Has(Trait::kTimeoutsTo1e8) || timeout.tv_sec <= 100'000'000;
}

// When a wait that begins now is over. Longer ones than a day are a day, which no test waits for.
Clock::time_point EndOf(const Kernel& kernel, const timespec* timeout) {
  const Clock::time_point now = Clock::now();
  if (timeout == nullptr) return now;
  const nanoseconds day = std::chrono::hours(24);
  const nanoseconds time =
      timeout->tv_sec >= 86400 ? day : std::chrono::seconds(timeout->tv_sec) + nanoseconds(timeout->tv_nsec);
  if (!kernel.Has(Trait::kWholeTicks) || time == nanoseconds::zero()) return now + time;
  const auto ticks = (time + kTick - nanoseconds(1)) / kTick + 1;
  return now - now.time_since_epoch() % kTick + ticks * kTick;
}

// Sleeps until the queue is readable or the time is over; returns 0 or an errno.
int Sleep(int kq, bool forever, nanoseconds left) {
  timespec time = {static_cast<time_t>(left.count() / 1'000'000'000), static_cast<long>(left.count() % 1'000'000'000)};
  pollfd polled = {kq, POLLIN, 0};
  if (::ppoll(&polled, 1, forever ? nullptr : &time, nullptr) < 0) return errno;
  return polled.revents & POLLNVAL ? EBADF : 0;
}

// Makes the changes. Answers how many receipts and errors it wrote, or -1 when the call is over; `errno` is 0 then when it is
// over without an error, for want of room.
int Submit(Kernel& kernel, Queue& queue, const struct kevent* changelist, int nchanges, struct kevent* eventlist,
           int nevents) {
  std::optional<Faults::Fault> fault = kernel.faults.Take(Faults::kEvent);
  int receipts = 0;
  bool refused = false;
  for (int i = 0; i < nchanges; i++) {
    if (fault && fault->error != EINTR && fault->applied == i) return Fail(fault->error);
    struct kevent change = changelist[i];
    kernel.changes++;
    std::optional<Faults::Fault> one = kernel.faults.Take(Faults::kChange);
    // A deletion is refused with these because there is nothing to be deleted; so that is how it has to be afterwards.
    bool gone = one && change.flags & EV_DELETE && (one->error == ENOENT || one->error == EBADF);
    int made = !one || gone ? queue.Change(change) : 0;
    int error = one ? one->error : made;
    if (error == 0 && !(change.flags & EV_RECEIPT)) continue;
    // The changes behind it are not looked at.
    if (receipts == nevents) return Fail(error);
    change.flags = EV_ERROR;
    change.data = error;
    eventlist[receipts++] = change;
    refused |= error != 0;
  }
  // A signal interrupts the wait after all changes; if one was refused, that is reported instead.
  if (fault && !(fault->error == EINTR && refused)) return Fail(fault->error);
  return receipts;
}

}  // namespace

int kqueue() {
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  if (auto fault = kernel.faults.Take(Faults::kQueue)) return Fail(fault->error);
  int kq = ::epoll_create1(0);
  if (kq >= 0) kernel.queues[kq] = std::make_shared<Queue>(kq);
  return kq;
}

int kevent(int kq, const struct kevent* changelist, int nchanges, struct kevent* eventlist, int nevents,
           const timespec* timeout) {
  Kernel& kernel = Kernel::Get();
  if (nchanges < 0 || nevents < 0) return Fail(EINVAL);
  if ((changelist == nullptr && nchanges > 0) || (eventlist == nullptr && nevents > 0)) return Fail(EFAULT);
  std::unique_lock<std::mutex> lock(kernel.mutex);
  if (timeout != nullptr && !IsValid(kernel, *timeout)) return Fail(EINVAL);
  std::shared_ptr<Queue> queue = kernel.Find(kq);
  if (queue == nullptr) return Fail(EBADF);
  if (nchanges == 0 && nevents == 0) return 0;
  errno = 0;
  int receipts = Submit(kernel, *queue, changelist, nchanges, eventlist, nevents);
  if (receipts < 0) return errno == 0 ? 0 : -1;
  // Without room for an event there is no wait either.
  if (receipts > 0 || nevents == 0) return receipts;

  const bool polls = timeout != nullptr && timeout->tv_sec == 0 && timeout->tv_nsec == 0;
  const Clock::time_point end = EndOf(kernel, timeout);
  for (;;) {
    int count = queue->Collect(eventlist, nevents);
    if (count > 0) return count;
    nanoseconds left = end - Clock::now();
    if (polls || (timeout != nullptr && left <= nanoseconds::zero())) return 0;
    bool look = queue->silent() && (timeout == nullptr || left > kLook);
    lock.unlock();
    int error = Sleep(kq, timeout == nullptr && !look, look ? kLook : left);
    if (error != 0) return Fail(error);
    lock.lock();
  }
}
