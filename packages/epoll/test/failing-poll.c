// Preloaded into a program: the first time that one epoll is reported by another, as readable, an error is reported instead.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

static int failed;

static int is_epoll(int fd) {
  char path[32];
  char target[64] = "";
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  return readlink(path, target, sizeof target - 1) > 0 && strcmp(target, "anon_inode:[eventpoll]") == 0;
}

int epoll_pwait(int epoll, struct epoll_event* events, int capacity, int timeout, const sigset_t* mask) {
  static int (*next)(int, struct epoll_event*, int, int, const sigset_t*);
  if (!next) *(void**)&next = dlsym(RTLD_NEXT, "epoll_pwait");
  int count = next(epoll, events, capacity, timeout, mask);
  for (int i = 0; i < count && !failed; i++) {
    if (!is_epoll(events[i].data.fd)) continue;
    events[i].events = EPOLLERR;
    failed = 1;
  }
  return count;
}

int epoll_wait(int epoll, struct epoll_event* events, int capacity, int timeout) {
  return epoll_pwait(epoll, events, capacity, timeout, NULL);
}

__attribute__((destructor)) static void report(void) {
  if (failed) fputs("failed once\n", stderr);
}
