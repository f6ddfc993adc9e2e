// What is registered in a queue.
#include "queue.h"

#include <sys/epoll.h>

#include <cerrno>
#include <climits>

#include "kernel.h"

int Queue::Change(const struct kevent& change) {
  if (change.filter == EVFILT_TIMER) return ChangeTimer(change);
  const int place = change.filter == EVFILT_READ ? 0 : change.filter == EVFILT_WRITE ? 1 : 2;
  if (!IsKnown(change, place)) return EINVAL;
  const int fd = change.ident > INT_MAX ? -1 : static_cast<int>(change.ident);
  auto entry = entries_.find(fd);
  // What was closed has left the queue, though its file may come back under its number.
  if (entry != entries_.end() && !IsCurrent(fd, entry->second)) {
    Erase(entry);
    entry = entries_.end();
  }
  File file = {};
  if (!File::Of(fd, file)) {
    return change.flags & EV_DELETE && Kernel::Get().Has(Trait::kClosedIsGone) ? ENOENT : EBADF;
  }
  if (change.flags & EV_ADD) return Add(fd, file, place, change);
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

int Queue::ChangeTimer(const struct kevent& change) {
  if (change.flags & EV_ADD && change.flags & EV_DISABLE) {
    timers_.insert(change.ident);
    return 0;
  }
  if (!(change.flags & EV_DELETE)) return EINVAL;
  return timers_.erase(change.ident) > 0 ? 0 : ENOENT;
}

int Queue::Add(int fd, const File& file, int place, const struct kevent& change) {
  if (Kernel::Get().revoked.count(fd) > 0) return EINVAL;
  if (int refusal = RefusalOf(fd, file, kFilters[place], change)) return refusal;
  const bool is_socket = file.kind == Kind::kSocket || file.kind == Kind::kLocalSocket;
  if (place == 2 && !is_socket) return EINVAL;
  auto [entry, added] = entries_.try_emplace(fd);
  Entry& registered = entry->second;
  if (added) {
    registered = {next_generation_++, file.kind, file.status.st_dev, file.status.st_ino, false, {}, 0, {}};
    int error = file.kind == Kind::kQueue ? Nest(fd) : 0;
    if (error == 0) error = Insert(fd, registered);
    if (error != 0) {
      entries_.erase(entry);
      return error;
    }
    if (registered.silent) silent_++;
  }
  std::optional<Note> before = registered.notes[place];
  unsigned short flags = change.flags & (EV_ONESHOT | EV_CLEAR | EV_DISPATCH | EV_RECEIPT);
  // EV_CLEAR and EV_ONESHOT stay as they were the first time, as in FreeBSD.
  constexpr unsigned short kFirst = EV_CLEAR | EV_ONESHOT;
  if (before) flags = static_cast<unsigned short>((before->flags & kFirst) | (flags & ~kFirst));
  registered.notes[place] = Note{flags, !(change.flags & EV_DISABLE), change.udata, -1, false};
  const int error = Arm(fd, registered);
  if (error == 0) {
    UpdateBeacon();
  } else if (added) {
    Erase(entry);
  } else {
    registered.notes[place] = before;
  }
  return error;
}

void Queue::Erase(Entries::iterator entry) {
  if (entry->second.silent) silent_--;
  entries_.erase(entry);
  UpdateBeacon();
}

void Queue::RemoveNote(Entries::iterator entry, int place) {
  auto& [fd, registered] = *entry;
  registered.notes[place].reset();
  if (!registered.empty()) {
    Arm(fd, registered);
    UpdateBeacon();
    return;
  }
  if (!registered.silent) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
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
