// ready THREADS MECHANISM COUNT READY FIRST: a pass is select(0) over COUNT descriptors from number FIRST on.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "rounds.h"

enum { kMost = 20000 };

// What is ready, as a caller in C would have it: descriptors and their events.
static struct {
  int fd;
  int events;
} ready[kMost];

static int first;
static int count;

static int epoll;
static struct epoll_event events[kMost];

static void OpenEpoll(void) {
  epoll = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < count; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = first + i};
    Check(epoll_ctl(epoll, EPOLL_CTL_ADD, first + i, &event) == 0, "epoll_ctl");
  }
}

// Leaves the result where the system wrote it.
static int WaitEpoll(void) {
  return epoll_wait(epoll, events, count, 0);
}

static struct pollfd polled[kMost];

static void OpenPoll(void) {
  for (int i = 0; i < count; i++) polled[i] = (struct pollfd){.fd = first + i, .events = POLLIN};
}

static int WaitPoll(void) {
  int left = poll(polled, count, 0);
  int found = 0;
  for (int i = 0; left > 0 && i < count; i++) {
    if (polled[i].revents == 0) continue;
    left--;
    ready[found].fd = polled[i].fd;
    ready[found++].events = polled[i].revents;
  }
  return found;
}

static fd_set readers;

static void OpenSelect(void) {
  for (int i = 0; i < count; i++) FD_SET(first + i, &readers);
}

static int WaitSelect(void) {
  // Two sets, as in CPython and here: a selector does not know that nothing waits for writing.
  fd_set readable = readers;
  fd_set writable;
  FD_ZERO(&writable);
  struct timeval now = {0, 0};
  int left = select(first + count, &readable, &writable, NULL, &now);
  int found = 0;
  for (int i = 0; left > 0 && i < count; i++) {
    if (!FD_ISSET(first + i, &readable)) continue;
    left--;
    ready[found].fd = first + i;
    ready[found++].events = 1;
  }
  return found;
}

static const struct {
  const char* name;
  void (*open)(void);
  int (*wait)(void);
} mechanisms[] = {{"epoll", OpenEpoll, WaitEpoll}, {"poll", OpenPoll, WaitPoll}, {"select", OpenSelect, WaitSelect}};

static int (*wait_once)(void);
static int expected;

static void Pass(void) {
  Check(wait_once() == expected, "wait");
}

static double Round(long passes) {
  return TimePasses(passes, Pass);
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  count = atoi(argv[3]);
  expected = atoi(argv[4]);
  first = atoi(argv[5]);
  for (int i = 0; i < 3; i++) {
    if (strcmp(argv[2], mechanisms[i].name) != 0) continue;
    mechanisms[i].open();
    wait_once = mechanisms[i].wait;
  }
  return AnswerRounds(Round);
}
