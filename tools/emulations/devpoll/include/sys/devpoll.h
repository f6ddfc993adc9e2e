// What <sys/devpoll.h> of illumos declares for programs, in words of our own. Test-only: see ../../README.md.
#ifndef DEVPOLL_EMULATION_SYS_DEVPOLL_H_
#define DEVPOLL_EMULATION_SYS_DEVPOLL_H_

#include <poll.h>
#include <signal.h>

// illumos has it in <poll.h>; so has glibc, with another value and no meaning.
#ifndef POLLREMOVE
#define POLLREMOVE 0x0800
#endif

#define DP_POLL 0xD001
#define DP_ISPOLLED 0xD002

struct dvpoll {
  struct pollfd* dp_fds;
  // An int in poll(7D).
  nfds_t dp_nfds;
  int dp_timeout;
  // For DP_PPOLL, which the manual page does not mention. DP_POLL does not look at it.
  sigset_t* dp_setp;
};

#endif  // DEVPOLL_EMULATION_SYS_DEVPOLL_H_
