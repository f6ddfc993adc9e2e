#include "queue.h"

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <string_view>

namespace {

constexpr unsigned int kFlags =
    EV_ADD | EV_DELETE | EV_ENABLE | EV_DISABLE | EV_ONESHOT | EV_CLEAR | EV_RECEIPT | EV_DISPATCH;

bool Both(unsigned int flags, unsigned int pair) {
  return (flags & pair) == pair;
}

// The writing end of a pipe that nobody reads.
bool IsBroken(int fd) {
  pollfd polled = {fd, POLLOUT, 0};
  return ::poll(&polled, 1, 0) > 0 && polled.revents & POLLERR;
}

}  // namespace

bool Queue::IsQueue(int fd) {
  char path[64];
  char target[64] = {};
  ::snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  return ::readlink(path, target, sizeof target - 1) > 0 && std::string_view(target) == "anon_inode:[eventpoll]";
}

int Queue::Change(const struct kevent& change) {
  int place = change.filter == EVFILT_READ ? 0 : change.filter == EVFILT_WRITE ? 1 : 2;
  if (change.filter != kFilters[place] || change.flags & ~kFlags) return EINVAL;
  // A deletion need not say what was waited for.
  const bool urgent = place == 2 && (change.fflags == NOTE_OOB || !(change.flags & EV_ADD));
  if (change.fflags != 0 && !urgent) return EINVAL;
  if (place == 2 && !urgent) return EINVAL;
  if (Both(change.flags, EV_ENABLE | EV_DISABLE) || Both(change.flags, EV_ADD | EV_DELETE)) return EINVAL;
  struct stat status = {};
  if (change.ident > INT_MAX || ::fstat(static_cast<int>(change.ident), &status) < 0) return EBADF;
  int fd = static_cast<int>(change.ident);

  auto entry = entries_.find(fd);
  if (entry != entries_.end() && !IsCurrent(fd, entry->second)) {
    Erase(entry);
    entry = entries_.end();
  }
  if (change.flags & EV_ADD) return Add(fd, status, place, change);
  if (entry == entries_.end() || !entry->second.notes[place]) return ENOENT;
  if (change.flags & EV_DELETE) {
    RemoveNote(entry, place);
    return 0;
  }
  Note& note = *entry->second.notes[place];
  if (change.flags & (EV_ENABLE | EV_DISABLE)) note.enabled = change.flags & EV_ENABLE;
  Arm(fd, entry->second);
  UpdateBeacon();
  return 0;
}

int Queue::Add(int fd, const struct stat& status, int place, const struct kevent& change) {
  Kind kind = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ? kRegular
              : S_ISFIFO(status.st_mode)                         ? kFifo
              : S_ISSOCK(status.st_mode)                         ? kSocket
                                                                 : kOther;
  if (fd == epoll_) return EINVAL;
  if (kFilters[place] == EVFILT_WRITE) {
    if (kind == kRegular || IsQueue(fd)) return EINVAL;
    if (kind == kFifo && IsBroken(fd)) return EPIPE;
  }
  auto [entry, added] = entries_.try_emplace(fd);
  Entry& registered = entry->second;
  if (added) registered = {next_generation_++, kind, status.st_dev, status.st_ino, {}, 0};
  std::optional<Note> before = registered.notes[place];
  if (place == 2 && kind != kSocket) {
    if (added) entries_.erase(entry);
    return EINVAL;
  }
  unsigned short flags = change.flags & (EV_ONESHOT | EV_CLEAR | EV_DISPATCH | EV_RECEIPT);
  // EV_CLEAR and EV_ONESHOT stay as they were the first time, as in FreeBSD.
  constexpr unsigned short kFirst = EV_CLEAR | EV_ONESHOT;
  if (before) flags = static_cast<unsigned short>((before->flags & kFirst) | (flags & ~kFirst));
  registered.notes[place] = Note{flags, !(change.flags & EV_DISABLE), change.udata, -1};
  int error = added ? Insert(fd, registered) : Arm(fd, registered);
  if (error == 0) {
    if (added && kind == kRegular) regular_files_++;
    UpdateBeacon();
  } else if (added) {
    entries_.erase(entry);
  } else {
    registered.notes[place] = before;
  }
  return error;
}

int Queue::Insert(int fd, Entry& entry) {
  if (entry.kind == kRegular) return 0;
  epoll_event event = {};
  event.data.u64 = static_cast<uint64_t>(entry.generation) << 32 | static_cast<uint32_t>(fd);
  event.events = EPOLLET;
  int result = ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  // EEXIST: this very file was closed under this number, and has come back to it. EPERM: a device without a filter.
  if (result < 0 && errno != EEXIST) return errno == EPERM ? EINVAL : errno;
  return Arm(fd, entry);
}

// Makes epoll look at a file again; returns ENOENT or EBADF if the number no longer belongs to that file.
int Queue::Arm(int fd, const Entry& entry) {
  if (entry.kind == kRegular) return 0;
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
  if (entry.kind != kRegular) return Arm(fd, entry) == 0;
  struct stat status = {};
  return ::fstat(fd, &status) == 0 && status.st_dev == entry.device && status.st_ino == entry.inode;
}

void Queue::Erase(Entries::iterator entry) {
  if (entry->second.kind == kRegular) regular_files_--;
  entries_.erase(entry);
  UpdateBeacon();
}

void Queue::RemoveNote(Entries::iterator entry, int place) {
  auto& [fd, registered] = *entry;
  registered.notes[place].reset();
  if (!registered.empty()) {
    Arm(fd, registered);
    return;
  }
  if (registered.kind != kRegular) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
  Erase(entry);
}

std::vector<std::pair<int, int>> Queue::Registered() {
  std::vector<std::pair<int, int>> registered;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    auto current = entry++;
    if (!IsCurrent(current->first, current->second)) {
      Erase(current);
      continue;
    }
    for (int place : {0, 1, 2}) {
      if (current->second.notes[place]) registered.emplace_back(current->first, kFilters[place]);
    }
  }
  return registered;
}
