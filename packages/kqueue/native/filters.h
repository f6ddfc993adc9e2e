#ifndef FILTERS_H_
#define FILTERS_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "open_queue.h"
#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/memory.h"
#include "selectors/unique_fd.h"
#include "urgent.h"

// How a file has to be watched.
struct Watch {
  // A device of macOS: by asking for at least one byte, see kqueue(2) there on NOTE_LOWAT.
  bool by_watermark;
  // A pipe, see System.
  bool tells_writers_by_reading;
};

// The filters of a queue by descriptor, each named by the event that it is for.
class Filters {
 public:
  static constexpr uint32_t kAll = selectors::kReadWrite | kUrgent;
  // How many filters a descriptor may have.
  static constexpr size_t kMost = kUrgent == 0 ? 2 : 3;

  int Open() { return OpenQueue(queue_); }
  int fd() const { return queue_.get(); }
  void Close() { queue_.Reset(); }

  int Add(int fd, uint32_t filters, unsigned int flags, Watch watch) { return Apply(fd, filters, 0, flags, watch); }
  int Delete(int fd, uint32_t filters) { return Apply(fd, 0, filters, 0, {}); }

  // Adds the filters of `wanted` and deletes those of `unwanted`, in one call. Returns the error of the first one that was
  // refused; the others are applied all the same.
  int Apply(int fd, uint32_t wanted, uint32_t unwanted, unsigned int flags, Watch watch) {
    struct kevent changes[kMost];
    struct kevent receipts[kMost];
    int count = 0;
    for (uint32_t filter : {selectors::kEventRead, selectors::kEventWrite, kUrgent}) {
      if (wanted & filter) changes[count++] = Change(fd, filter, EV_ADD | EV_RECEIPT | flags, watch);
      if (unwanted & filter) changes[count++] = Change(fd, filter, EV_DELETE | EV_RECEIPT, {});
    }
    timespec no_wait = {};
    // libkqueue does not add a socket's filter again, does not report that, and returns whatever errno it finds.
    errno = 0;
    int answers = ::kevent(queue_.get(), changes, count, receipts, count, &no_wait);
    // The changes have been made by then, see FreeBSD's kevent(2), and must not be submitted twice. A refusal would have been
    // reported.
    if (answers < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < answers; i++) {
      int error = receipts[i].flags & EV_ERROR ? static_cast<int>(receipts[i].data) : 0;
      // ENOENT: it was never there, or went away when the descriptor was closed.
      bool gone = error == ENOENT && unwanted & FilterOf(receipts[i]);
      if (error != 0 && !gone) return -error;
    }
    return 0;
  }

  // Returns how many events there are, for at most so many descriptors.
  // No wait is nearly as long as what a system may refuse with EINVAL: 1e8 s, or 2^31 s on macOS.
  int Wait(selectors::Nanoseconds timeout, size_t descriptors) {
    // Room for all filters of each descriptor, and at least for one: without room kevent() does not wait.
    const size_t room = kMost * descriptors;
    if (!events_.Reserve(room)) return -ENOMEM;
    timespec time = selectors::ToTimespec(timeout);
    int count = ::kevent(queue_.get(), nullptr, 0, events_.data(), static_cast<int>(room), &time);
    return count < 0 ? -errno : count;
  }

  // The events of the last wait.
  const struct kevent& operator[](size_t i) const { return events_[i]; }

  static uint32_t FilterOf(const struct kevent& event) {
    if (event.filter == EVFILT_READ) return selectors::kEventRead;
    return event.filter == EVFILT_WRITE ? selectors::kEventWrite : kUrgent;
  }

 private:
  // The members differ in type: `filter` is a short, or an uint32_t on NetBSD; `flags` an unsigned short, or an uint32_t;
  // `udata`, which stays empty, was an intptr_t there before NetBSD 10.
  static struct kevent Change(int fd, uint32_t filter, unsigned int flags, Watch watch) {
    struct kevent change = {};
    const int number = filter == selectors::kEventRead    ? EVFILT_READ
                       : filter == selectors::kEventWrite ? EVFILT_WRITE
                                                          : kUrgentFilter;
    change.ident = static_cast<decltype(change.ident)>(fd);
    change.filter = static_cast<decltype(change.filter)>(number);
    change.flags = static_cast<decltype(change.flags)>(flags);
    if (filter == kUrgent) change.fflags = kUrgentNote;
    if (watch.by_watermark) {
      change.fflags = NOTE_LOWAT;
      change.data = 1;
    }
    return change;
  }

  selectors::UniqueFd queue_;
  selectors::List<struct kevent> events_;
};

#endif  // FILTERS_H_
