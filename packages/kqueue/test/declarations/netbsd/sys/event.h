// What NetBSD before 10 declares for kqueue.cc. The filters are unsigned, and so are the lengths; `udata` is a number.
#pragma once
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#define EVFILT_READ 0U
#define EVFILT_WRITE 1U
#define EVFILT_TIMER 6U
#define NOTE_LOWAT 0x0001U
#define EV_ADD 0x0001U
#define EV_DELETE 0x0002U
#define EV_DISABLE 0x0008U
#define EV_ONESHOT 0x0010U
#define EV_CLEAR 0x0020U
#define EV_RECEIPT 0x0040U
#define EV_ERROR 0x4000U
#define EV_EOF 0x8000U

struct kevent {
  uintptr_t ident;
  uint32_t filter;
  uint32_t flags;
  uint32_t fflags;
  int64_t data;
  intptr_t udata;
};

extern "C" {
int kqueue(void);
int kqueue1(int);
int kevent(int, const struct kevent*, size_t, struct kevent*, size_t, const struct timespec*);
}
