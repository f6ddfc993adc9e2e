#include <poll.h>

#include <csignal>

#include "notes.h"
#include "traits.h"

// poll(2) and ppoll(2) for what is linked with --wrap.

extern "C" int __wrap_ppoll(pollfd* polled, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  if (timeout == nullptr) return ::ppoll(polled, count, nullptr, mask);
  const timespec lasting = Lasting(*timeout);
  return ::ppoll(polled, count, &lasting, mask);
}

extern "C" int __wrap_poll(pollfd* polled, nfds_t count, int timeout) {
  if (kTraits.notes) return PollNotes(polled, count, timeout);
  if (timeout < 0) return __wrap_ppoll(polled, count, nullptr, nullptr);
  const timespec time = {timeout / 1000, timeout % 1000 * 1'000'000};
  return __wrap_ppoll(polled, count, &time, nullptr);
}
