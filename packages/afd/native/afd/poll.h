#ifndef AFD_POLL_H_
#define AFD_POLL_H_

#include <windows.h>
#include <winternl.h>

#include <cstddef>
#include <cstdint>

#include "selectors/events.h"

// What the driver of sockets is asked with IOCTL_AFD_POLL. Windows has no header that declares it, though libuv and others have
// relied on it for years.
constexpr DWORD kIoctlAfdPoll = 0x00012024;

// The poll of one socket: the driver would take several at once, and completes when one of them is ready.
struct AfdPoll {
  LARGE_INTEGER timeout;
  ULONG count;
  ULONG exclusive;
  HANDLE socket;
  ULONG events;
  LONG status;
};

constexpr uint32_t kAfdReceive = 0x0001;
constexpr uint32_t kAfdReceiveExpedited = 0x0002;
constexpr uint32_t kAfdSend = 0x0004;
// The other side has stopped sending.
constexpr uint32_t kAfdDisconnect = 0x0008;
constexpr uint32_t kAfdAbort = 0x0010;
// The last handle of the socket was closed.
constexpr uint32_t kAfdLocalClose = 0x0020;
constexpr uint32_t kAfdAccept = 0x0080;
constexpr uint32_t kAfdConnectFail = 0x0100;

constexpr uint32_t kAfdErrors = kAfdAbort | kAfdConnectFail;

struct AfdEvent {
  uint32_t event;
  uint32_t bits;
};

// An error counts as every event, as with poll(2).
constexpr AfdEvent kAfdEvents[] = {
    {selectors::kEventRead, kAfdReceive | kAfdAccept | kAfdDisconnect | kAfdErrors},
    {selectors::kEventWrite, kAfdSend | kAfdErrors},
    {selectors::kEventPriority, kAfdReceiveExpedited | kAfdErrors},
    {selectors::kEventHangup, kAfdDisconnect | kAfdErrors},
    {selectors::kEventError, kAfdErrors},
};

// What to poll for.
constexpr uint32_t ToAfdEvents(uint32_t events) {
  uint32_t bits = kAfdLocalClose;
  for (auto [event, own] : kAfdEvents) bits |= events & event ? own : 0;
  return bits;
}

// Which of the events that are waited for are ready.
constexpr uint32_t FromAfdEvents(uint32_t bits, uint32_t events) {
  uint32_t ready = 0;
  for (auto [event, own] : kAfdEvents) ready |= bits & own ? event : 0;
  return ready & events;
}

#endif  // AFD_POLL_H_
