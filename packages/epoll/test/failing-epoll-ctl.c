// Preloaded: while the environment has FAILING_EPOLL_CTL="OPERATION FD ERRNO", that operation on that descriptor fails.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

int epoll_ctl(int set, int operation, int fd, struct epoll_event* event) {
  static int (*next)(int, int, int, struct epoll_event*);
  if (next == NULL) *(void**)&next = dlsym(RTLD_NEXT, "epoll_ctl");
  const char* failing = getenv("FAILING_EPOLL_CTL");
  int which, whose, error;
  if (failing != NULL && sscanf(failing, "%d %d %d", &which, &whose, &error) == 3 && operation == which &&
      fd == whose) {
    errno = error;
    return -1;
  }
  return next(set, operation, fd, event);
}
