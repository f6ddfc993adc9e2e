#ifndef KQUEUE_EMULATION_SYS_EVENT_H_
#define KQUEUE_EMULATION_SYS_EVENT_H_

// What FreeBSD's kqueue(2) declares, as far as the emulation goes: the filters of descriptors, and the flags they take, and timers.
// And the filter for urgent data, which macOS has under this number.
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_TIMER (-7)
#define EVFILT_EXCEPT (-15)

#define NOTE_LOWAT 0x0001
#define NOTE_OOB 0x0002

#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_ENABLE 0x0004
#define EV_DISABLE 0x0008
#define EV_ONESHOT 0x0010
#define EV_CLEAR 0x0020
#define EV_RECEIPT 0x0040
#define EV_DISPATCH 0x0080
#define EV_ERROR 0x4000
#define EV_EOF 0x8000

struct kevent {
  uintptr_t ident;
  short filter;
  unsigned short flags;
  unsigned int fflags;
  int64_t data;
  void* udata;
  uint64_t ext[4];
};

#define EV_SET(event, identifier, the_filter, the_flags, the_fflags, the_data, the_udata) \
  do {                                                                                    \
    struct kevent* set_ = (event);                                                        \
    set_->ident = (uintptr_t)(identifier);                                                \
    set_->filter = (the_filter);                                                          \
    set_->flags = (the_flags);                                                            \
    set_->fflags = (the_fflags);                                                          \
    set_->data = (the_data);                                                              \
    set_->udata = (the_udata);                                                            \
    set_->ext[0] = set_->ext[1] = set_->ext[2] = set_->ext[3] = 0;                        \
  } while (0)

#ifdef __cplusplus
extern "C" {
#endif

int kqueue(void);
int kevent(int kq, const struct kevent* changelist, int nchanges, struct kevent* eventlist, int nevents,
           const struct timespec* timeout);

#ifdef __cplusplus
}
#endif

#endif  // KQUEUE_EMULATION_SYS_EVENT_H_
