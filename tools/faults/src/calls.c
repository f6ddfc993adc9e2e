// Stands before the C library. Its headers would declare these functions in other words.
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

#include "plan.h"

enum { AF_UNIX = 1, EAI_SYSTEM = -11 };

// Whether the function that asks is to fail.
#define Fails(call) FailsFrom(__builtin_return_address(0), call)

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRAP(call, type, name, parameters, arguments)       \
  type name parameters {                                    \
    return Fails(call) ? (type) - 1 : REAL(name) arguments; \
  }

WRAP(ACCEPT, int, accept4, (int fd, void* address, void* size, int flags), (fd, address, size, flags))
WRAP(BIND, int, bind, (int fd, const void* address, unsigned size), (fd, address, size))
WRAP(EPOLL_CREATE, int, epoll_create1, (int flags), (flags))
WRAP(EPOLL_CTL, int, epoll_ctl, (int set, int operation, int fd, void* event), (set, operation, fd, event))
WRAP(EPOLL_WAIT, int, epoll_wait, (int set, void* events, int capacity, int timeout), (set, events, capacity, timeout))
WRAP(EVENTFD, int, eventfd, (unsigned count, int flags), (count, flags))
WRAP(FCNTL, int, fcntl64, (int fd, int command, long value), (fd, command, value))
WRAP(FCNTL, int, fcntl, (int fd, int command, long value), (fd, command, value))
WRAP(FSTAT, int, fstat64, (int fd, void* file), (fd, file))
WRAP(FSTAT, int, fstat, (int fd, void* file), (fd, file))
WRAP(GETPEERNAME, int, getpeername, (int fd, void* address, void* size), (fd, address, size))
WRAP(GETSOCKNAME, int, getsockname, (int fd, void* address, void* size), (fd, address, size))
WRAP(GETSOCKOPT, int, getsockopt, (int fd, int level, int option, void* value, void* size),
     (fd, level, option, value, size))
WRAP(IOCTL, int, ioctl, (int fd, unsigned long request, void* argument), (fd, request, argument))
WRAP(LISTEN, int, listen, (int fd, int backlog), (fd, backlog))
WRAP(PIPE, int, pipe2, (int* fds, int flags), (fds, flags))
WRAP(POLL, int, poll, (void* entries, unsigned long count, int timeout), (entries, count, timeout))
WRAP(PPOLL, int, ppoll, (void* entries, unsigned long count, const void* time, const void* mask),
     (entries, count, time, mask))
WRAP(PSELECT, int, pselect, (int limit, void* in, void* out, void* urgent, const void* time, const void* mask),
     (limit, in, out, urgent, time, mask))
WRAP(READ, ptrdiff_t, read, (int fd, void* to, size_t size), (fd, to, size))
WRAP(RECV, ptrdiff_t, recv, (int fd, void* to, size_t size, int flags), (fd, to, size, flags))
WRAP(RECVFROM, ptrdiff_t, recvfrom, (int fd, void* to, size_t size, int flags, void* address, void* length),
     (fd, to, size, flags, address, length))
WRAP(SEND, ptrdiff_t, send, (int fd, const void* from, size_t size, int flags), (fd, from, size, flags))
WRAP(SENDTO, ptrdiff_t, sendto,
     (int fd, const void* from, size_t size, int flags, const void* address, unsigned length),
     (fd, from, size, flags, address, length))
WRAP(SETSOCKOPT, int, setsockopt, (int fd, int level, int option, const void* value, unsigned size),
     (fd, level, option, value, size))
WRAP(SHUTDOWN, int, shutdown, (int fd, int how), (fd, how))
WRAP(SOCKET, int, socket, (int family, int type, int protocol), (family, type, protocol))
WRAP(SOCKETPAIR, int, socketpair, (int family, int type, int protocol, int* fds), (family, type, protocol, fds))
WRAP(SYSCALL, long, syscall, (long number, long a, long b, long c, long d, long e, long f), (number, a, b, c, d, e, f))
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

// An errno of 0 says nothing.
int getaddrinfo(const char* node, const char* service, const void* hints, void* found) {
  return Fails(GETADDRINFO) ? EAI_SYSTEM : REAL(getaddrinfo)(node, service, hints, found);
}

// Returns its error.
int pthread_create(void* thread, const void* attributes, void* (*body)(void*), void* argument) {
  return Fails(PTHREAD_CREATE) ? errno : REAL(pthread_create)(thread, attributes, body, argument);
}

// To look these up would need memory.
extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* memory, size_t size);

void* malloc(size_t size) {
  return Fails(MALLOC) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  return Fails(CALLOC) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* memory, size_t size) {
  return Fails(REALLOC) ? NULL : __libc_realloc(memory, size);
}

// operator new(std::size_t), which ends the process where nothing can be thrown.
void* _Znwm(size_t size) {
  void* memory = Fails(MALLOC) ? NULL : __libc_malloc(size);
  if (memory == NULL) __builtin_trap();
  return memory;
}
