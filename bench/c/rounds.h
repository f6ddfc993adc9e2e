// What every contender in C begins with: the protocol of src/runner/program.ts, and the idle thread.
//
// A contender prints `ready`, then replies to each line, a number of passes, with a line: nanoseconds for each pass.
#ifndef ROUNDS_H_
#define ROUNDS_H_

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static inline int64_t TimeOf(clockid_t clock) {
  struct timespec now;
  Check(clock_gettime(clock, &now) == 0, "clock_gettime");
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

// The clock of process.hrtime() and of time.monotonic_ns() too.
static inline int64_t Now(void) {
  return TimeOf(CLOCK_MONOTONIC);
}

static inline void* Idle(void* nothing) {
  for (;;) pause();
  return nothing;
}

// Starts a second thread, if `threads` says so. The kernel counts the users of a descriptor at each system call once there
// are two threads. Node always has several, so that nothing inside Node can be quicker than C beside an idle thread.
static inline void StartThreads(const char* threads) {
  pthread_t thread;
  if (strcmp(threads, "idle-thread") == 0) Check(pthread_create(&thread, NULL, Idle, NULL) == 0, "pthread_create");
}

// The processor time of each of some passes, in nanoseconds. Real time would count what other processes do during them.
static inline double TimePasses(long count, void (*pass)(void)) {
  int64_t start = TimeOf(CLOCK_PROCESS_CPUTIME_ID);
  for (long i = 0; i < count; i++) pass();
  return (double)(TimeOf(CLOCK_PROCESS_CPUTIME_ID) - start) / count;
}

// Calls `round` for each line, with the number of passes; it returns nanoseconds for each pass.
static inline int AnswerRounds(double (*round)(long count)) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("ready");
  long count;
  while (scanf("%ld", &count) == 1) printf("%f\n", round(count));
  return 0;
}

#endif  // ROUNDS_H_
