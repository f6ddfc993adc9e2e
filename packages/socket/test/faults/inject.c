// A library for LD_PRELOAD: makes one system call of the binding fail, and counts them.
//
// A program controls it through options of a level that no system has. `setsockopt(LEVEL, call, {errno, which, times})` makes
// so many of that call fail from the which-th on, 0 the first; `getsockopt(LEVEL, call)` tells {how often it was called, how often it failed}.
// Both hold for the calling thread only, so that none of Node's others is disturbed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

enum { LEVEL = 0x5e1ec7, AF_UNIX = 1 };

// In the order of `calls` in injector.js.
enum {
  ACCEPT,
  BIND,
  CLOSE,
  CONNECT,
  FCNTL,
  GETADDRINFO,
  GETPEERNAME,
  GETSOCKNAME,
  GETSOCKOPT,
  LISTEN,
  PIPE,
  POLL,
  READ,
  RECV,
  RECVFROM,
  SEND,
  SENDTO,
  SETSOCKOPT,
  SHUTDOWN,
  SOCKET,
  SOCKETPAIR,
  WRITE,
  CALLS
};

static _Thread_local struct {
  int call, error, which, times;
  struct {
    int times, failed;
  } counts[CALLS];
} plan = {.call = -1};

// Node makes such calls itself, in this thread as well. Only those of addons count.
static int IsFromAddon(void* caller) {
  Dl_info info;
  return dladdr(caller, &info) && strstr(info.dli_fname, ".node") != NULL;
}

static int FailsFrom(void* caller, int call) {
  if (!IsFromAddon(caller)) return 0;
  const int which = plan.counts[call].times++;
  if (call != plan.call || which < plan.which || which >= plan.which + plan.times) return 0;
  plan.counts[call].failed++;
  errno = plan.error;
  return 1;
}

// Whether the function that asks is to fail.
#define Fails(call) FailsFrom(__builtin_return_address(0), call)

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRAP(call, type, name, parameters, arguments)       \
  type name parameters {                                    \
    return Fails(call) ? (type) - 1 : REAL(name) arguments; \
  }

WRAP(ACCEPT, int, accept4, (int fd, void* address, void* size, int flags), (fd, address, size, flags))
WRAP(BIND, int, bind, (int fd, const void* address, unsigned size), (fd, address, size))
WRAP(FCNTL, int, fcntl64, (int fd, int command, long value), (fd, command, value))
WRAP(FCNTL, int, fcntl, (int fd, int command, long value), (fd, command, value))
WRAP(GETPEERNAME, int, getpeername, (int fd, void* address, void* size), (fd, address, size))
WRAP(GETSOCKNAME, int, getsockname, (int fd, void* address, void* size), (fd, address, size))
WRAP(LISTEN, int, listen, (int fd, int backlog), (fd, backlog))
WRAP(PIPE, int, pipe2, (int* fds, int flags), (fds, flags))
WRAP(POLL, int, poll, (void* entries, unsigned long count, int timeout), (entries, count, timeout))
WRAP(READ, ptrdiff_t, read, (int fd, void* to, size_t size), (fd, to, size))
WRAP(RECV, ptrdiff_t, recv, (int fd, void* to, size_t size, int flags), (fd, to, size, flags))
WRAP(RECVFROM, ptrdiff_t, recvfrom, (int fd, void* to, size_t size, int flags, void* address, void* length),
     (fd, to, size, flags, address, length))
WRAP(SEND, ptrdiff_t, send, (int fd, const void* from, size_t size, int flags), (fd, from, size, flags))
WRAP(SENDTO, ptrdiff_t, sendto,
     (int fd, const void* from, size_t size, int flags, const void* address, unsigned length),
     (fd, from, size, flags, address, length))
WRAP(SHUTDOWN, int, shutdown, (int fd, int how), (fd, how))
WRAP(SOCKET, int, socket, (int family, int type, int protocol), (family, type, protocol))
WRAP(SOCKETPAIR, int, socketpair, (int family, int type, int protocol, int* fds), (family, type, protocol, fds))
WRAP(WRITE, ptrdiff_t, write, (int fd, const void* from, size_t size), (fd, from, size))

// Linux has closed the descriptor, whatever it reports.
int close(int fd) {
  const int fails = Fails(CLOSE);
  const int error = errno;
  const int result = REAL(close)(fd);
  if (!fails) return result;
  errno = error;
  return -1;
}

// What is interrupted goes on by itself, unless it is a UNIX socket.
int connect(int fd, const void* address, unsigned size) {
  if (!Fails(CONNECT)) return REAL(connect)(fd, address, size);
  const int error = errno;
  if (error == EINTR && *(const unsigned short*)address != AF_UNIX) REAL(connect)(fd, address, size);
  errno = error;
  return -1;
}

// Fails with EAI_SYSTEM of netdb.h, and with the errno that is wanted: 0 says nothing.
int getaddrinfo(const char* node, const char* service, const void* hints, void* found) {
  return Fails(GETADDRINFO) ? -11 : REAL(getaddrinfo)(node, service, hints, found);
}

int getsockopt(int fd, int level, int option, void* value, unsigned* size) {
  if (level != LEVEL) return Fails(GETSOCKOPT) ? -1 : REAL(getsockopt)(fd, level, option, value, size);
  memcpy(value, &plan.counts[option], sizeof plan.counts[option]);
  return 0;
}

int setsockopt(int fd, int level, int option, const void* value, unsigned size) {
  if (level != LEVEL) return Fails(SETSOCKOPT) ? -1 : REAL(setsockopt)(fd, level, option, value, size);
  memset(&plan, 0, sizeof plan);
  plan.call = option;
  memcpy(&plan.error, value, 3 * sizeof(int));
  return 0;
}
