// churn THREADS OPERATION COUNT: a pass over COUNT descriptors from number 3 on, in epoll.
//   register  adds each, then removes each
//   modify    changes the events of each, then changes them back
#include <sys/epoll.h>

#include "rounds.h"

enum { kFirst = 3 };

static int epoll;
static int count;

static void Control(int operation, int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  Check(epoll_ctl(epoll, operation, fd, &event) == 0, "epoll_ctl");
}

static void ForAll(int operation, uint32_t events) {
  for (int fd = kFirst; fd < kFirst + count; fd++) Control(operation, fd, events);
}

static void RegisterAll(void) {
  ForAll(EPOLL_CTL_ADD, EPOLLIN);
  ForAll(EPOLL_CTL_DEL, 0);
}

static void ModifyAll(void) {
  ForAll(EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  ForAll(EPOLL_CTL_MOD, EPOLLIN);
}

static double RegisterRound(long passes) {
  return TimePasses(passes, RegisterAll);
}
static double ModifyRound(long passes) {
  return TimePasses(passes, ModifyAll);
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  count = atoi(argv[3]);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  if (strcmp(argv[2], "register") == 0) return AnswerRounds(RegisterRound);
  ForAll(EPOLL_CTL_ADD, EPOLLIN);
  return AnswerRounds(ModifyRound);
}
