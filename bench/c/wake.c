// wake THREADS MEASURE: waits for replies in epoll, see wakes.h.
#include <sys/epoll.h>

#include "wakes.h"

static int epoll;

static int64_t Ask(void) {
  struct epoll_event event;
  Question();
  Check(epoll_wait(epoll, &event, 1, -1) == 1, "epoll_wait");
  int64_t woken = Now();
  return woken - ReceiveTime();
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN};
  Check(epoll_ctl(epoll, EPOLL_CTL_ADD, kEnd, &event) == 0, "epoll_ctl");
  return AnswerWakes(argv[2]);
}
