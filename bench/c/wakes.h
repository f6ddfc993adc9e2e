// What contenders in C that wait for replies from the process at the other end of descriptor 3 have in common: two ways to measure.
//   latency     the median time from when the reply is sent to the return of the wait
//   round-trip  from one question to the next
#ifndef WAKES_H_
#define WAKES_H_

#include <sys/socket.h>

#include "rounds.h"

enum { kEnd = 3, kMost = 100000 };

// Sends a byte, waits for the reply, and returns how many nanoseconds that took to arrive.
static int64_t Ask(void);

static inline void Question(void) {
  Check(send(kEnd, "?", 1, 0) == 1, "send");
}

// Reads the reply, which is the time at which it was sent.
static inline int64_t ReceiveTime(void) {
  int64_t sent;
  Check(recv(kEnd, &sent, sizeof(sent), 0) == sizeof(sent), "recv");
  return sent;
}

static inline int Compare(const void* left, const void* right) {
  int64_t difference = *(const int64_t*)left - *(const int64_t*)right;
  return (difference > 0) - (difference < 0);
}

static inline double LatencyRound(long passes) {
  static int64_t latencies[kMost];
  if (passes > kMost) passes = kMost;
  for (long i = 0; i < passes; i++) latencies[i] = Ask();
  qsort(latencies, passes, sizeof(*latencies), Compare);
  return latencies[passes / 2];
}

static inline double RoundTripRound(long passes) {
  int64_t start = Now();
  for (long i = 0; i < passes; i++) Ask();
  return (double)(Now() - start) / passes;
}

static inline int AnswerWakes(const char* measure) {
  return AnswerRounds(strcmp(measure, "latency") == 0 ? LatencyRound : RoundTripRound);
}

#endif  // WAKES_H_
