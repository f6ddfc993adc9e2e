// The epoll set of a queue.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>

#include "kernel.h"
#include "queue.h"

namespace {

// Never ready, and in no set for long. Open from the beginning: a descriptor that is opened during a wait would get, for a moment, a
// number that another backend has to find closed.
const int marker = ::eventfd(0, EFD_CLOEXEC);
std::mutex marker_mutex;

}  // namespace

bool Queue::IsSame(int fd) const {
  std::lock_guard<std::mutex> lock(marker_mutex);
  epoll_event event = {};
  // A set does not take a file twice.
  const bool added = ::epoll_ctl(epoll_, EPOLL_CTL_ADD, marker, &event) == 0;
  const bool is_other = ::epoll_ctl(fd, EPOLL_CTL_ADD, marker, &event) == 0;
  const bool same = added && !is_other && errno == EEXIST;
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, marker, nullptr);
  if (is_other) ::epoll_ctl(fd, EPOLL_CTL_DEL, marker, nullptr);
  return same;
}

int Queue::Insert(int fd, Entry& entry) {
  entry.silent = entry.kind == Kind::kRegular || entry.kind == Kind::kDirectory ||
                 (entry.kind == Kind::kFifo && Kernel::Get().Has(Trait::kEndlessFifos));
  if (entry.silent) return 0;
  epoll_event event = {};
  event.data.u64 = static_cast<uint64_t>(entry.generation) << 32 | static_cast<uint32_t>(fd);
  event.events = EPOLLET;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0) return 0;
  // EEXIST: this very file was closed under this number, and has come back to it.
  if (errno == EEXIST) return 0;
  // EPERM: without poll, and always ready. EINVAL, ELOOP: a cycle that Linux refuses and the system does not: it hangs, or is
  // never ready.
  if ((errno == EPERM && entry.kind == Kind::kDevice) || entry.kind == Kind::kQueue) {
    entry.silent = true;
    return 0;
  }
  return errno == EPERM ? EINVAL : errno;
}

// Makes epoll look at a file again; returns ENOENT or EBADF if the number no longer belongs to that file.
int Queue::Arm(int fd, const Entry& entry) {
  if (entry.silent) return 0;
  epoll_event event = {};
  event.data.u64 = static_cast<uint64_t>(entry.generation) << 32 | static_cast<uint32_t>(fd);
  event.events = EPOLLET;
  if (entry.notes[0] && entry.notes[0]->enabled) event.events |= EPOLLIN | EPOLLRDHUP;
  if (entry.notes[1] && entry.notes[1]->enabled) event.events |= EPOLLOUT;
  if (entry.notes[2] && entry.notes[2]->enabled) event.events |= EPOLLPRI;
  return ::epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event) < 0 ? errno : 0;
}

// As Arm(), but changes nothing.
bool Queue::IsInSet(int fd) {
  epoll_event event = {};
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
    return false;
  }
  return errno == EEXIST;
}

bool Queue::IsCurrent(int fd, const Entry& entry) {
  if (!entry.silent) return Arm(fd, entry) == 0;
  struct stat status = {};
  return ::fstat(fd, &status) == 0 && status.st_dev == entry.device && status.st_ino == entry.inode;
}
