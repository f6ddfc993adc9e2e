// relay THREADS PAIRS ACTIVE: the benchmark of libevent. ACTIVE bytes go round over PAIRS pairs of sockets; a pass is one
// wait, after which each byte that has arrived is read and sent on.
#include <sys/epoll.h>
#include <sys/socket.h>

#include "rounds.h"

enum { kFirst = 3, kMostPairs = 10000 };

// What a caller keeps with a descriptor: where what it reads goes.
struct Station {
  int reader;
  int next;
};

static struct Station stations[kMostPairs];
static struct epoll_event events[kMostPairs];
static int epoll;
static int pairs;

static int Reader(int pair) {
  return kFirst + 2 * pair;
}
static int Writer(int pair) {
  return kFirst + 2 * pair + 1;
}

static void Pass(void) {
  int count = epoll_wait(epoll, events, pairs, -1);
  Check(count > 0, "epoll_wait");
  for (int i = 0; i < count; i++) {
    struct Station* station = events[i].data.ptr;
    char byte;
    Check(recv(station->reader, &byte, 1, 0) == 1, "recv");
    Check(send(station->next, &byte, 1, 0) == 1, "send");
  }
}

static double Round(long passes) {
  return TimePasses(passes, Pass);
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  pairs = atoi(argv[2]);
  int active = atoi(argv[3]);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < pairs; i++) {
    stations[i] = (struct Station){Reader(i), Writer((i + 1) % pairs)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &stations[i]};
    Check(epoll_ctl(epoll, EPOLL_CTL_ADD, Reader(i), &event) == 0, "epoll_ctl");
  }
  for (int i = 0; i < active; i++) Check(send(Writer((long)i * pairs / active), "!", 1, 0) == 1, "send");
  return AnswerRounds(Round);
}
