#ifndef AFD_OPERATIONS_H_
#define AFD_OPERATIONS_H_

#include <windows.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "devices.h"
#include "error.h"
#include "poll.h"
#include "selectors/deadline.h"
#include "selectors/memory.h"
#include "unique_handle.h"

struct Watched;

// A poll that is in flight: the system writes to it, until the port gives it back.
struct Operation {
  Operation(HANDLE device, HANDLE socket, uint32_t events, Watched* watched) : device(device), watched(watched) {
    // The driver takes a negative number as relative, and this one as for ever.
    poll.timeout.QuadPart = INT64_MAX;
    poll.count = 1;
    poll.socket = socket;
    poll.events = events;
  }

  // What was found; 0 if it was cancelled, or failed otherwise.
  uint32_t found() const { return static_cast<LONG>(overlapped.Internal) == 0 && poll.count > 0 ? poll.events : 0; }

  // First, so that its address is the operation's.
  OVERLAPPED overlapped = {};
  AfdPoll poll = {};
  HANDLE device;
  // On whose behalf; null once nobody wants to know any more.
  Watched* watched;
};

// The polls of one selector, and the completion port that they end in.
class Operations {
 public:
  Operations() = default;
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;
  ~Operations() { Close(); }

  int Open() {
    port_.Reset(::CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1));
    if (port_.get() == nullptr) return LastError();
    // Used by the first socket.
    size_t device = 0;
    if (int result = devices_.Join(port_.get(), device)) return result;
    devices_.Leave(device);
    return 0;
  }

  int Join(size_t& device) { return devices_.Join(port_.get(), device); }
  void Leave(size_t device) { devices_.Leave(device); }
  const Device& device(size_t device) const { return devices_[device]; }

  // Begins a poll. -EBADF if there is no such socket.
  int Start(HANDLE device, HANDLE socket, uint32_t events, Watched* watched, Operation*& started) {
    selectors::Owned<Operation> operation = selectors::Make<Operation>(device, socket, events, watched);
    if (!operation) return -ENOMEM;
    AfdPoll& poll = operation->poll;
    // The port gives it back even if it has succeeded already.
    if (::DeviceIoControl(device, kIoctlAfdPoll, &poll, sizeof poll, &poll, sizeof poll, nullptr,
                          &operation->overlapped) == 0 &&
        ::GetLastError() != ERROR_IO_PENDING) {
      return LastError();
    }
    in_flight_++;
    started = operation.release();
    return 0;
  }

  // Returns whether the port is about to give it back, which it may have been already.
  bool Cancel(Operation* operation) {
    return ::CancelIoEx(operation->device, &operation->overlapped) != 0 || ::GetLastError() == ERROR_NOT_FOUND;
  }

  // Waits until polls have ended. Calls visit(operation) for each; its memory is freed afterwards. Returns how many there were, and
  // there may be more if it was `kBatch`.
  template <class Visit>
  int Take(selectors::Nanoseconds timeout, Visit visit) {
    OVERLAPPED_ENTRY entries[kBatch];
    ULONG count = 0;
    const DWORD milliseconds = static_cast<DWORD>(selectors::ToMilliseconds(timeout));
    if (::GetQueuedCompletionStatusEx(port_.get(), entries, kBatch, &count, milliseconds, FALSE) == 0) {
      return ::GetLastError() == WAIT_TIMEOUT ? 0 : LastError();
    }
    for (ULONG i = 0; i < count; i++) {
      selectors::Owned<Operation> operation(reinterpret_cast<Operation*>(entries[i].lpOverlapped));
      in_flight_--;
      visit(*operation);
    }
    return static_cast<int>(count);
  }

  // Waits for the ends of all, because the system writes to those in flight. Leaves those alone that do not end in time, which would
  // be an error of the system's.
  void Close() {
    if (port_.get() == nullptr) return;
    devices_.CancelAll();
    while (in_flight_ > 0 && Take(kLongestEnd, [](const Operation&) {}) > 0) continue;
    in_flight_ = 0;
    devices_.Close();
    port_.Reset();
  }

  static constexpr int kBatch = 64;

 private:
  static constexpr selectors::Nanoseconds kLongestEnd = std::chrono::seconds(10);

  UniqueHandle port_;
  Devices devices_;
  size_t in_flight_ = 0;
};

#endif  // AFD_OPERATIONS_H_
