#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "open_queue.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/unique_fd.h"

using selectors::kEventRead;
using selectors::kEventWrite;

namespace {

// kqueue(2). Reading and writing are two filters, each registered, reported and refused on its own; a descriptor's are
// merged into one pair. EV_EOF adds nothing: a filter that fires is its event, see Lib/selectors.py.
class Kqueue {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() { return OpenQueue(queue_); }

  int Fileno() const { return queue_.get(); }

  int Add(int fd, uint32_t events) {
    // FreeBSD answers EINVAL itself; NetBSD's kqueue(2) does not say what it does.
    if (fd == queue_.get()) return -EINVAL;
    int result = Apply(fd, events, 0);
    if (result == 0) {
      interests_.Insert(fd, {events, 0});
    } else {
      // The refused ones too: macOS 10.10 and 10.11 answer EPIPE for a pipe whose other end is gone, and report it
      // all the same.
      Apply(fd, 0, events);
    }
    return result;
  }

  int Modify(int fd, uint32_t events) {
    int result = Apply(fd, events, kEvents & ~events);
    if (result == 0) interests_.Find(fd)->events = events;
    return result;
  }

  // Deletes both filters, whatever a refused Modify has left of them.
  int Remove(int fd) {
    interests_.Erase(fd);
    return Apply(fd, 0, kEvents);
  }

  // No wait is nearly as long as the 1e8 s that macOS and OpenBSD refuse with EINVAL.
  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    // Room for both filters of each descriptor, and never none: kevent() does not wait then.
    if (events_.size() < 2 * ready.capacity()) events_.resize(2 * ready.capacity());
    timespec time = selectors::ToTimespec(timeout);
    int count = ::kevent(queue_.get(), nullptr, 0, events_.data(), static_cast<int>(events_.size()), &time);
    if (count < 0) return -errno;
    for (int i = 0; i < count; i++) {
      int fd = static_cast<int>(events_[i].ident);
      uint32_t event = ToEvent(events_[i]);
      Interest* interest = interests_.Find(fd);
      if (interest == nullptr || !(interest->events & event)) {
        // Left behind by a deletion that the system refused.
        Apply(fd, 0, event);
        continue;
      }
      if (interest->ready == 0) ready_.push_back(fd);
      interest->ready |= event;
    }
    for (int fd : ready_) {
      Interest* interest = interests_.Find(fd);
      ready.Push(fd, interest->ready);
      interest->ready = 0;
    }
    ready_.clear();
    return static_cast<int>(ready.size());
  }

  int Close() {
    queue_.Reset();
    return 0;
  }

 private:
  struct Interest {
    uint32_t events;
    // What the current Wait has found.
    uint32_t ready;
  };

  // Adds the filters of `wanted` and deletes those of `unwanted`, in one call. Answers what the first refused one was refused
  // with; the others are applied all the same.
  int Apply(int fd, uint32_t wanted, uint32_t unwanted) {
    struct kevent changes[2];
    struct kevent receipts[2];
    int count = 0;
    for (uint32_t event : {kEventRead, kEventWrite}) {
      if (wanted & event) changes[count++] = Change(fd, event, EV_ADD | EV_RECEIPT);
      if (unwanted & event) changes[count++] = Change(fd, event, EV_DELETE | EV_RECEIPT);
    }
    timespec no_wait = {};
    // libkqueue does not add a socket's filter again, says nothing about it, and answers the errno that it finds.
    errno = 0;
    int answers = ::kevent(queue_.get(), changes, count, receipts, count, &no_wait);
    // The changes are made by then, see FreeBSD's kevent(2), and never submitted twice. One that had been refused would
    // have been answered.
    if (answers < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < answers; i++) {
      int error = receipts[i].flags & EV_ERROR ? static_cast<int>(receipts[i].data) : 0;
      // ENOENT: was never there, or went when the descriptor was closed.
      bool gone = error == ENOENT && unwanted & ToEvent(receipts[i]);
      if (error != 0 && !gone) return -error;
    }
    return 0;
  }

  // The members differ in type: `filter` is a short, or an uint32_t on NetBSD; `flags` an unsigned short, or an uint32_t;
  // `udata`, which stays empty, was an intptr_t there before NetBSD 10.
  static struct kevent Change(int fd, uint32_t event, unsigned int flags) {
    struct kevent change = {};
    change.ident = static_cast<decltype(change.ident)>(fd);
    change.filter = static_cast<decltype(change.filter)>(event == kEventRead ? EVFILT_READ : EVFILT_WRITE);
    change.flags = static_cast<decltype(change.flags)>(flags);
    return change;
  }

  static uint32_t ToEvent(const struct kevent& event) { return event.filter == EVFILT_READ ? kEventRead : kEventWrite; }

  selectors::UniqueFd queue_;
  selectors::FdTable<Interest> interests_;
  std::vector<struct kevent> events_;
  // The descriptors that the current Wait has found.
  std::vector<int> ready_;
};

}  // namespace

SELECTORS_BACKEND(Kqueue, "@selectors/kqueue")
