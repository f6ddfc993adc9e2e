#ifndef FAULTS_PLAN_H_
#define FAULTS_PLAN_H_

#include <stdbool.h>

// In the order of `calls` in index.js.
enum Call {
  ACCEPT,
  BIND,
  CALLOC,
  CLOSE,
  CONNECT,
  EPOLL_CREATE,
  EPOLL_CTL,
  EPOLL_WAIT,
  EVENTFD,
  FCNTL,
  FSTAT,
  GETADDRINFO,
  GETPEERNAME,
  GETSOCKNAME,
  GETSOCKOPT,
  IOCTL,
  LISTEN,
  MALLOC,
  PIPE,
  POLL,
  PPOLL,
  PSELECT,
  PTHREAD_CREATE,
  READ,
  REALLOC,
  RECV,
  RECVFROM,
  SEND,
  SENDTO,
  SETSOCKOPT,
  SHUTDOWN,
  SOCKET,
  SOCKETPAIR,
  SYSCALL,
  WRITE,
  CALLS
};

// Counts a call of a function; says whether it is to fail, and sets errno if so.
bool FailsFrom(const void* caller, enum Call call);

#endif  // FAULTS_PLAN_H_
