#ifndef AFD_DEVICES_H_
#define AFD_DEVICES_H_

#include <windows.h>
#include <winternl.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include "error.h"
#include "selectors/memory.h"
#include "unique_handle.h"

// Handles of the driver, through which sockets are polled. What completes goes to the port.
//
// Each serves a bounded number of sockets: cancelling takes the longer, the more polls there are on a handle. Two for each, because
// Windows mixes up two polls of a socket on the same one. https://github.com/python-trio/trio/issues/52
struct Device {
  HANDLE polls;
  HANDLE closes;
  int sockets;
};

class Devices {
 public:
  Devices() = default;
  Devices(const Devices&) = delete;
  Devices& operator=(const Devices&) = delete;
  ~Devices() { Close(); }

  const Device& operator[](size_t device) const { return devices_[device]; }

  // Takes a place for a socket.
  int Join(HANDLE port, size_t& device) {
    while (first_ < devices_.size() && devices_[first_].sockets == kMostSockets) first_++;
    if (first_ == devices_.size()) {
      if (int result = OpenAnother(port)) return result;
    }
    devices_[first_].sockets++;
    device = first_;
    return 0;
  }

  void Leave(size_t device) {
    devices_[device].sockets--;
    first_ = std::min(first_, device);
  }

  // Begins to cancel all operations.
  void CancelAll() {
    for (const Device& device : devices_) {
      ::CancelIoEx(device.polls, nullptr);
      ::CancelIoEx(device.closes, nullptr);
    }
  }

  void Close() {
    for (const Device& device : devices_) {
      ::CloseHandle(device.polls);
      ::CloseHandle(device.closes);
    }
    devices_.Clear();
    first_ = 0;
  }

 private:
  static constexpr int kMostSockets = 32;

  int OpenAnother(HANDLE port) {
    if (!devices_.Reserve(devices_.size() + 1)) return -ENOMEM;
    UniqueHandle polls;
    UniqueHandle closes;
    for (UniqueHandle* handle : {&polls, &closes}) {
      if (int result = Open(*handle)) return result;
      if (::CreateIoCompletionPort(handle->get(), port, 0, 0) == nullptr) return LastError();
      // Nobody waits for the handle itself. If it is refused, that costs time only.
      ::SetFileCompletionNotificationModes(handle->get(), FILE_SKIP_SET_EVENT_ON_HANDLE);
    }
    (void)devices_.Push({polls.Release(), closes.Release(), 0});
    return 0;
  }

  // Opens the driver itself rather than a socket: no attributes name one. The driver does not look at what follows its own name.
  static int Open(UniqueHandle& device) {
    wchar_t path[] = L"\\Device\\Afd\\Selectors";
    UNICODE_STRING name = {sizeof path - sizeof *path, sizeof path, path};
    OBJECT_ATTRIBUTES attributes = {};
    attributes.Length = sizeof attributes;
    attributes.ObjectName = &name;
    IO_STATUS_BLOCK status = {};
    HANDLE handle = nullptr;
    const NTSTATUS result = ::NtCreateFile(&handle, SYNCHRONIZE, &attributes, &status, nullptr, 0,
                                           FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, 0, nullptr, 0);
    if (result < 0) return ErrorOf(::RtlNtStatusToDosError(result));
    device.Reset(handle);
    return 0;
  }

  selectors::List<Device> devices_;
  // None before it has room.
  size_t first_ = 0;
};

#endif  // AFD_DEVICES_H_
