#ifndef CHECK_H_
#define CHECK_H_

#include <stdio.h>
#include <stdlib.h>

// Ends the program, naming the call, unless it succeeded.
static inline void Check(int succeeded, const char* call) {
  if (succeeded) return;
  perror(call);
  exit(1);
}

#endif  // CHECK_H_
