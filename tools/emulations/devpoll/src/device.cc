#include "device.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace devpoll_emulation {

namespace {

// The shortest wait, in milliseconds: dpioctl() waits for nsec_per_tick at least.
constexpr int kTick = 10;

std::mutex devices_mutex;
std::map<int, std::shared_ptr<Device>> devices;

rlim_t OpenMax() {
  rlimit limit = {};
  return ::getrlimit(RLIMIT_NOFILE, &limit) < 0 ? 0 : limit.rlim_cur;
}

bool IsOpen(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

// Makes a pipe's writing end whose reader is gone and which is full: polling it gives POLLERR and nothing else.
int OpenUnpollable(int flags) {
  int ends[2];
  if (::pipe2(ends, O_NONBLOCK | (flags & O_CLOEXEC)) < 0) return -errno;
  std::vector<char> page(static_cast<size_t>(::fcntl(ends[1], F_SETPIPE_SZ, 1)));
  ssize_t filled = ::write(ends[1], page.data(), page.size());
  ::close(ends[0]);
  // open(2) promises the lowest number that is free.
  int fd = ::fcntl(ends[1], flags & O_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, 0);
  int error = filled < 0 || fd < 0 ? errno : 0;
  ::close(ends[1]);
  return error == 0 ? fd : -error;
}

}  // namespace

ssize_t Device::Write(const void* buffer, size_t size, size_t most) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (int error = Permit()) return error;
  size_t count = size / sizeof(pollfd);
  if (count > OpenMax()) return -EINVAL;
  // Stricter than illumos, which leaves an incomplete entry out.
  if (size % sizeof(pollfd) != 0) return -EINVAL;
  if (buffer == nullptr && count > 0) return -EFAULT;
  const pollfd* changes = static_cast<const pollfd*>(buffer);
  for (size_t i = 0; i < count && i < most; i++) Apply(changes[i]);
  return static_cast<ssize_t>(size);
}

void Device::Apply(const pollfd& change) {
  // Beyond the process's table of descriptors: taken, and forgotten.
  if (change.fd < 0 || static_cast<rlim_t>(change.fd) >= OpenMax()) return;
  auto found = entries_.find(change.fd);
  if (change.events == POLLREMOVE) {
    // A descriptor that is not held keeps its events: illumos considers it removed already.
    if (found != entries_.end() && found->second.held) found->second = {};
    return;
  }
  Entry& entry = entries_[change.fd];
  entry.events |= change.events;
  entry.idle = false;
  if (IsOpen(change.fd)) entry.held = true;
}

int Device::Poll(const dvpoll* request) {
  if (request == nullptr) return -EFAULT;
  std::unique_lock<std::mutex> lock(mutex_);
  if (int error = Permit()) return error;
  // Without room it is a sleep.
  std::vector<Look> looks;
  if (request->dp_nfds > 0) {
    if (request->dp_nfds >= OpenMax()) return -EINVAL;
    looks = InTurn(next_);
  }
  const int timeout = request->dp_timeout > 0 ? std::max(request->dp_timeout, kTick) : request->dp_timeout;
  lock.unlock();
  int left = LookAt(looks, timeout);
  if (left < 0) return left;
  if (left > 0 && request->dp_fds == nullptr) return -EFAULT;
  lock.lock();
  for (const Look& look : looks) Note(look);
  return Answer(looks, *request);
}

std::vector<Device::Look> Device::InTurn(int first) {
  std::vector<Look> looks;
  auto add = [&](auto from, auto to) {
    for (; from != to; ++from) {
      auto& [fd, entry] = *from;
      if (!entry.held) continue;
      const FileId file = FileId::Of(fd);
      if (!entry.idle) entry.file = file;
      const int twin = file == entry.file ? -1 : entry.file.Twin();
      looks.push_back({fd, twin >= 0, {twin < 0 ? fd : twin, entry.events, 0}});
    }
  };
  auto next = entries_.lower_bound(first);
  add(next, entries_.end());
  add(entries_.begin(), next);
  return looks;
}

int Device::LookAt(std::vector<Look>& looks, int timeout) {
  std::vector<pollfd> polled;
  for (const Look& look : looks) polled.push_back(look.polled);
  const int count = ::poll(polled.data(), polled.size(), timeout);
  if (count < 0) return -errno;
  for (size_t i = 0; i < looks.size(); i++) {
    Look& look = looks[i];
    look.polled = polled[i];
    if (!look.by_twin || look.polled.revents == 0) continue;
    // The file wakes the entry, which is then looked at by its number.
    look.polled.fd = look.fd;
    ::poll(&look.polled, 1, 0);
  }
  return count;
}

void Device::Note(const Look& look) {
  auto found = entries_.find(look.fd);
  const bool is_idle = look.polled.revents == 0;
  const bool was_woken = look.by_twin && look.polled.fd == look.fd;
  if (found != entries_.end()) found->second.idle = is_idle && !was_woken;
}

int Device::Answer(const std::vector<Look>& looks, const dvpoll& request) {
  nfds_t count = 0;
  for (const Look& look : looks) {
    const pollfd& one = look.polled;
    if (one.revents == 0) continue;
    if (count == request.dp_nfds) {
      next_ = look.fd;
      break;
    }
    pollfd& answer = request.dp_fds[count++];
    answer.fd = look.fd;
    answer.revents = one.revents;
    // illumos does not fill it in along with POLLNVAL: this value is certainly wrong.
    answer.events = static_cast<short>(one.revents & POLLNVAL ? -1 : one.events);
  }
  // The rest is undefined.
  for (nfds_t i = count; count > 0 && i < request.dp_nfds; i++) request.dp_fds[i] = {-1, -1, -1};
  return static_cast<int>(count);
}

int Device::IsPolled(pollfd* polled) {
  if (polled == nullptr) return -EFAULT;
  std::lock_guard<std::mutex> lock(mutex_);
  if (int error = Permit()) return error;
  auto found = entries_.find(polled->fd);
  if (found == entries_.end() || !found->second.held) return 0;
  polled->revents = found->second.events;
  return 1;
}

std::vector<pollfd> Device::Watched() {
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<pollfd> watched;
  for (const auto& [fd, entry] : entries_) {
    if (entry.held) watched.push_back({fd, entry.events, 0});
  }
  return watched;
}

// A child inherits the descriptor and may do nothing with it.
int Device::Permit() {
  if (owner_ == -1) owner_ = ::getpid();
  return owner_ == ::getpid() ? 0 : -EACCES;
}

int OpenDevice(int flags) {
  int fd = OpenUnpollable(flags);
  if (fd < 0) return fd;
  std::lock_guard<std::mutex> lock(devices_mutex);
  devices[fd] = std::make_shared<Device>();
  return fd;
}

std::shared_ptr<Device> FindDevice(int fd) {
  std::lock_guard<std::mutex> lock(devices_mutex);
  auto found = devices.find(fd);
  return found == devices.end() ? nullptr : found->second;
}

void ForgetDevice(int fd) {
  std::lock_guard<std::mutex> lock(devices_mutex);
  devices.erase(fd);
}

std::vector<int> AllDevices() {
  std::lock_guard<std::mutex> lock(devices_mutex);
  std::vector<int> fds;
  for (const auto& [fd, device] : devices) fds.push_back(fd);
  return fds;
}

}  // namespace devpoll_emulation
