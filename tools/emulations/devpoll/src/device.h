#ifndef DEVPOLL_EMULATION_DEVICE_H_
#define DEVPOLL_EMULATION_DEVICE_H_

#include <poll.h>
#include <sys/devpoll.h>
#include <sys/types.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "file_id.h"

namespace devpoll_emulation {

// One open of /dev/poll: its set. Methods return a result or -errno.
class Device {
 public:
  // Adds and removes. Applies `most` entries at most: a fault that happens in the middle.
  ssize_t Write(const void* buffer, size_t size, size_t most);
  int Poll(const dvpoll* request);
  int IsPolled(pollfd* polled);

  // What is watched, with the events of each.
  std::vector<pollfd> Watched();

 private:
  struct Entry {
    short events = 0;
    // It was open when it was added, or has been written since. Otherwise it is never reported.
    bool held = false;
    // The last look has found nothing, so its bit in the map is clear until its file wakes it: dp_pcache_poll().
    bool idle = false;
    // The one that was looked at.
    FileId file;
  };

  // What is polled for an entry: its descriptor, or another one of the file that would wake it.
  struct Look {
    int fd;
    bool by_twin;
    pollfd polled;
  };

  int Permit();
  void Apply(const pollfd& change);
  // What is held, this number and those above it first.
  std::vector<Look> InTurn(int first);
  // Returns how many are ready, or -errno.
  int LookAt(std::vector<Look>& looks, int timeout);
  void Note(const Look& look);
  int Answer(const std::vector<Look>& looks, const dvpoll& request);

  std::mutex mutex_;
  std::map<int, Entry> entries_;
  // The first process to use it; no other may.
  pid_t owner_ = -1;
  int next_ = 0;
};

// Opens a device under a descriptor that finds an error (POLLERR) when it is polled. Answers that, or -errno.
int OpenDevice(int flags);

// The device that a descriptor refers to; null for anything else.
std::shared_ptr<Device> FindDevice(int fd);

void ForgetDevice(int fd);

// The descriptors of all open devices.
std::vector<int> AllDevices();

}  // namespace devpoll_emulation

#endif  // DEVPOLL_EMULATION_DEVICE_H_
