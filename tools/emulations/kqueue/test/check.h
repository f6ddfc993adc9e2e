#ifndef KQUEUE_EMULATION_CHECK_H_
#define KQUEUE_EMULATION_CHECK_H_

// Checks, one a name: `program NAME`. Ends with 0, or says which line was wrong.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/event.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define REQUIRE(condition)                                                        \
  do {                                                                            \
    if (!(condition)) {                                                           \
      printf("line %d: %s (errno: %s)\n", __LINE__, #condition, strerror(errno)); \
      exit(1);                                                                    \
    }                                                                             \
  } while (0)
#define REFUSED(call, code)   \
  do {                        \
    REQUIRE((call) == -1);    \
    REQUIRE(errno == (code)); \
  } while (0)

static const struct timespec now = {0, 0};
static int kq, ends[2], pipes[2];
static struct kevent events[8];

static struct kevent event_of(int fd, int filter, int flags) {
  struct kevent event;
  EV_SET(&event, fd, filter, flags, 0, 0, NULL);
  return event;
}

// One change, without room for a result.
static int change(int fd, int filter, int flags) {
  struct kevent event = event_of(fd, filter, flags);
  return kevent(kq, &event, 1, NULL, 0, NULL);
}

static int collect(int room) {
  return kevent(kq, NULL, 0, events, room, &now);
}

static int is_readable(int fd) {
  struct pollfd polled = {fd, POLLIN, 0};
  return poll(&polled, 1, 0) == 1;
}

static long long nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// Whether the system that is emulated has a trait, by its name in the table.
int kqueue_emulation_has(const char* trait);

// What is ready once a queue that is late has learned of it.
static int collect_late(int room) {
  int count = 0;
  for (int tries = 0; tries < 100 && count == 0; tries++) {
    struct timespec moment = {0, 1000000};
    count = collect(room);
    if (count == 0) nanosleep(&moment, NULL);
  }
  return count;
}

struct check {
  const char* name;
  void (*check)(void);
};

// Prints the names, or runs the check of one.
static int run(const struct check* checks, size_t count, int argc, char** argv) {
  kq = kqueue();
  REQUIRE(kq >= 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 && pipe(pipes) == 0);
  for (size_t i = 0; i < count; i++) {
    if (argc < 2) {
      printf("%s\n", checks[i].name);
    } else if (strcmp(argv[1], checks[i].name) == 0) {
      checks[i].check();
      return 0;
    }
  }
  return argc < 2 ? 0 : 2;
}

#endif  // KQUEUE_EMULATION_CHECK_H_
