#ifndef EPOLL_SET_H_
#define EPOLL_SET_H_

#include <sys/epoll.h>

#include <cerrno>
#include <cstdint>

#include "interest.h"
#include "selectors/anonymous_file.h"
#include "selectors/events.h"
#include "selectors/poll_events.h"
#include "selectors/unique_fd.h"

static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT && EPOLLPRI == POLLPRI && EPOLLRDHUP == POLLRDHUP);
static_assert(EPOLLHUP == POLLHUP && EPOLLERR == POLLERR);

// A set of epoll(7), which holds open files by their descriptors.
class EpollSet {
 public:
  int Open() {
    set_.Reset(::epoll_create1(EPOLL_CLOEXEC));
    return set_.get() < 0 ? -errno : 0;
  }

  int fd() const { return set_.get(); }
  template <class Is>
  bool HasAny(const Is& is) const {
    return is(fd());
  }

  // Other code has closed it.
  bool IsLost() const { return !selectors::IsAnonymousFile(set_.get()); }

  void Close() {
    // What is lost is not ours to close.
    if (IsLost()) set_.Release();
    set_.Reset();
  }

  void TakeOver(EpollSet& other) { set_.Reset(other.set_.Release()); }

  int Add(int fd, Interest interest) { return Control(EPOLL_CTL_ADD, fd, interest); }

  int Modify(int fd, Interest interest) { return Control(EPOLL_CTL_MOD, fd, interest); }

  int Replace(int fd, Interest interest) {
    int result = Remove(fd);
    return result < 0 ? result : Add(fd, interest);
  }

  int Remove(int fd) { return ::epoll_ctl(set_.get(), EPOLL_CTL_DEL, fd, nullptr) < 0 ? -errno : 0; }

  // 1 if the set has the file that a number belongs to now, else 0. It tries to add the number, which changes nothing that is
  // there: a modification would arm one-shots again, and is refused for EXCLUSIVE.
  int Has(int fd) {
    int result = Add(fd, {selectors::kEventRead, 0});
    if (result == -EEXIST) return 1;
    // Another file, which has got the number of a descriptor that was closed.
    if (result == 0) return Remove(fd);
    // The number is not open, or belongs to a file that cannot be waited on, or to a selector that holds this one, or to a file
    // that too many wait for. Any other refusal (ENOMEM) says nothing about it.
    return result == -EBADF || result == -EPERM || result == -ELOOP || result == -EINVAL ? 0 : result;
  }

 private:
  int Control(int operation, int fd, Interest interest) {
    epoll_event event = {};
    event.events = selectors::ToPollEvents(interest.events);
    event.data.u64 = Pack(fd, interest.generation);
    if (interest.events > selectors::kReadWrite) SetModes(event, interest);
    return ::epoll_ctl(set_.get(), operation, fd, &event) < 0 ? -errno : 0;
  }

  [[gnu::noinline]] static void SetModes(epoll_event& event, Interest interest) {
    const uint32_t events = interest.events;
    if (events & selectors::kEdgeTriggered) event.events |= EPOLLET;
    if (events & selectors::kOneShot) event.events |= EPOLLONESHOT;
    if (events & selectors::kExclusive) event.events |= EPOLLEXCLUSIVE;
    // A hang-up is still reported, once.
    if (events & kSpent) event.events = EPOLLONESHOT;
    event.data.u64 = Pack(FdOf(event), interest.kernels_generation());
  }

  selectors::UniqueFd set_;
};

#endif  // EPOLL_SET_H_
