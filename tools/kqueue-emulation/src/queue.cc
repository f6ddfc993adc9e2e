#include "queue.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <string_view>

namespace {

constexpr int kFilters[2] = {EVFILT_READ, EVFILT_WRITE};
constexpr unsigned int kFlags =
    EV_ADD | EV_DELETE | EV_ENABLE | EV_DISABLE | EV_ONESHOT | EV_RECEIPT | EV_DISPATCH;
// What an event of the beacon carries: no entry has this generation.
constexpr uint64_t kBeacon = 0;

bool Both(unsigned int flags, unsigned int pair) { return (flags & pair) == pair; }

// Always readable: in the set of each queue on which a regular file is ready, which epoll itself refuses. One for all queues,
// never closed.
int Beacon() {
  static const int beacon = ::eventfd(1, EFD_CLOEXEC);
  return beacon;
}

// The writing end of a pipe that nobody reads.
bool IsBroken(int fd) {
  pollfd polled = {fd, POLLOUT, 0};
  return ::poll(&polled, 1, 0) > 0 && polled.revents & POLLERR;
}

// From where the next read starts to the end of the file, as kqueue(2) says; negative beyond the end.
int64_t LeftOf(int fd) {
  struct stat status = {};
  if (::fstat(fd, &status) < 0) return 0;
  return status.st_size - ::lseek(fd, 0, SEEK_CUR);
}

int64_t Readable(int fd) {
  int bytes = 0;
  return ::ioctl(fd, FIONREAD, &bytes) < 0 ? 0 : bytes;
}

}  // namespace

bool Queue::IsQueue(int fd) {
  char path[64];
  char target[64] = {};
  ::snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  return ::readlink(path, target, sizeof target - 1) > 0 && std::string_view(target) == "anon_inode:[eventpoll]";
}

int Queue::Change(const struct kevent& change) {
  int place = change.filter == EVFILT_READ ? 0 : 1;
  if (change.filter != kFilters[place] || change.fflags != 0 || change.flags & ~kFlags) return EINVAL;
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
  unsigned short flags = change.flags & (EV_ONESHOT | EV_DISPATCH | EV_RECEIPT);
  registered.notes[place] = Note{flags, !(change.flags & EV_DISABLE), change.udata};
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

// Has epoll look at a file again; answers ENOENT or EBADF when the number does not belong to that file any more.
int Queue::Arm(int fd, const Entry& entry) {
  if (entry.kind == kRegular) return 0;
  epoll_event event = {};
  event.data.u64 = static_cast<uint64_t>(entry.generation) << 32 | static_cast<uint32_t>(fd);
  event.events = EPOLLET;
  if (entry.notes[0] && entry.notes[0]->enabled) event.events |= EPOLLIN | EPOLLRDHUP;
  if (entry.notes[1] && entry.notes[1]->enabled) event.events |= EPOLLOUT;
  return ::epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event) < 0 ? errno : 0;
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
  if (registered.notes[1 - place]) {
    Arm(fd, registered);
    return;
  }
  if (registered.kind != kRegular) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
  Erase(entry);
}

int Queue::Collect(struct kevent* events, int capacity) {
  int count = CollectRegular(events, capacity);
  // One more for the beacon.
  std::vector<epoll_event> reported(static_cast<size_t>(capacity) + 1);
  while (count < capacity) {
    // What is taken beyond the capacity goes to the end of the line.
    int taken = ::epoll_wait(epoll_, reported.data(), capacity - count + beacon_, 0);
    bool beacon_only = true;
    for (int i = 0; i < taken; i++) {
      if (reported[i].data.u64 == kBeacon) continue;
      beacon_only = false;
      auto entry = entries_.find(static_cast<int>(reported[i].data.u64 & UINT32_MAX));
      if (entry == entries_.end() || entry->second.generation != reported[i].data.u64 >> 32) continue;
      count += Report(entry, reported[i].events, events + count, capacity - count);
    }
    if (beacon_only || count > 0) break;
  }
  return count;
}

// Writes the events of one descriptor, at most two.
int Queue::Report(Entries::iterator entry, uint32_t ready, struct kevent* events, int capacity) {
  auto& [fd, registered] = *entry;
  bool fifo = registered.kind == kFifo;
  uint32_t gone = EPOLLHUP | EPOLLERR;
  // A pipe's end is of no use in the other direction, whatever becomes of its peer.
  const uint32_t causes[2] = {fifo ? EPOLLIN | EPOLLHUP : EPOLLIN | EPOLLRDHUP | gone,
                              fifo ? EPOLLOUT | EPOLLERR : EPOLLOUT | gone};
  const uint32_t ends[2] = {EPOLLRDHUP | EPOLLHUP, gone};
  bool fires[2];
  for (int place : {0, 1}) {
    const auto& note = registered.notes[place];
    fires[place] = note && note->enabled && ready & causes[place];
  }
  // Not armed again, so that a hang-up that nobody waits for is not reported without end.
  if (!fires[0] && !fires[1]) return 0;
  if (Arm(fd, registered) != 0) {
    Erase(entry);
    return 0;
  }
  int count = 0;
  int first = registered.first;
  for (int place : {first, 1 - first}) {
    if (!fires[place] || count == capacity) continue;
    Note& note = *registered.notes[place];
    struct kevent event = {};
    event.ident = static_cast<uintptr_t>(fd);
    event.filter = static_cast<short>(kFilters[place]);
    event.flags = note.flags;
    if (ready & causes[place] & ends[place]) event.flags |= EV_EOF;
    event.data = place == 0 ? Readable(fd) : 0;
    event.udata = note.udata;
    events[count++] = event;
    registered.first = 1 - place;
    if (note.flags & EV_DISPATCH) {
      note.enabled = false;
      Arm(fd, registered);
    }
    if (note.flags & EV_ONESHOT) {
      bool last = !registered.notes[1 - place];
      RemoveNote(entry, place);
      if (last) break;
    }
  }
  return count;
}

int Queue::CollectRegular(struct kevent* events, int capacity) {
  int count = 0;
  for (auto entry = entries_.begin(); regular_files_ > 0 && entry != entries_.end() && count < capacity;) {
    auto current = entry++;
    auto& [fd, registered] = *current;
    if (registered.kind != kRegular) continue;
    if (!IsCurrent(fd, registered)) {
      Erase(current);
      continue;
    }
    Note& note = *registered.notes[0];
    int64_t left = LeftOf(fd);
    if (!note.enabled || left == 0) continue;
    events[count++] = {static_cast<uintptr_t>(fd), EVFILT_READ, note.flags, 0, left, note.udata, {}};
    if (note.flags & EV_DISPATCH) note.enabled = false;
    if (note.flags & EV_ONESHOT) RemoveNote(current, 0);
  }
  UpdateBeacon();
  return count;
}

// Makes the queue itself readable while a regular file is ready.
void Queue::UpdateBeacon() {
  bool wanted = false;
  if (regular_files_ > 0) {
    for (auto& [fd, entry] : entries_) {
      wanted |= entry.kind == kRegular && entry.notes[0]->enabled && IsCurrent(fd, entry) && LeftOf(fd) != 0;
    }
  }
  if (wanted == beacon_) return;
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = kBeacon;
  if (::epoll_ctl(epoll_, wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, Beacon(), &event) == 0) beacon_ = wanted;
}

std::vector<std::pair<int, int>> Queue::Registered() {
  std::vector<std::pair<int, int>> registered;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    auto current = entry++;
    if (!IsCurrent(current->first, current->second)) {
      Erase(current);
      continue;
    }
    for (int place : {0, 1}) {
      if (current->second.notes[place]) registered.emplace_back(current->first, kFilters[place]);
    }
  }
  return registered;
}
