// wake THREADS MEASURE: sends a byte to the process at the other end of descriptor 3, and waits for the reply in epoll.
//   latency     the median time from when the reply is sent to the return of the wait
//   round-trip  from one question to the next
#include <sys/epoll.h>
#include <sys/socket.h>

#include "rounds.h"

enum { kEnd = 3, kMost = 100000 };

static int epoll;
static int64_t latencies[kMost];

static int64_t Ask(void) {
  struct epoll_event event;
  Check(send(kEnd, "?", 1, 0) == 1, "send");
  Check(epoll_wait(epoll, &event, 1, -1) == 1, "epoll_wait");
  int64_t woken = Now();
  int64_t sent;
  Check(recv(kEnd, &sent, sizeof(sent), 0) == sizeof(sent), "recv");
  return woken - sent;
}

static int Compare(const void* left, const void* right) {
  int64_t difference = *(const int64_t*)left - *(const int64_t*)right;
  return (difference > 0) - (difference < 0);
}

static double LatencyRound(long passes) {
  if (passes > kMost) passes = kMost;
  for (long i = 0; i < passes; i++) latencies[i] = Ask();
  qsort(latencies, passes, sizeof(*latencies), Compare);
  return latencies[passes / 2];
}

static double RoundTripRound(long passes) {
  int64_t start = Now();
  for (long i = 0; i < passes; i++) Ask();
  return (double)(Now() - start) / passes;
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN};
  Check(epoll_ctl(epoll, EPOLL_CTL_ADD, kEnd, &event) == 0, "epoll_ctl");
  return AnswerRounds(strcmp(argv[2], "latency") == 0 ? LatencyRound : RoundTripRound);
}
