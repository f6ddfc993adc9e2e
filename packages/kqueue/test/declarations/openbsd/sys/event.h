// What OpenBSD 7.4 declares for kqueue.cc.
#pragma once
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_TIMER (-7)
#define EVFILT_EXCEPT (-9)

#define NOTE_OOB 0x0004
#define NOTE_LOWAT 0x0001
#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_DISABLE 0x0008
#define EV_ONESHOT 0x0010
#define EV_CLEAR 0x0020
#define EV_RECEIPT 0x0040
#define EV_ERROR 0x4000
#define EV_EOF 0x8000

struct kevent {
  uintptr_t ident;
  short filter;
  unsigned short flags;
  unsigned int fflags;
  int64_t data;
  void* udata;
};

extern "C" {
int kqueue(void);
int kqueue1(int);
int kevent(int, const struct kevent*, int, struct kevent*, int, const struct timespec*);
}
