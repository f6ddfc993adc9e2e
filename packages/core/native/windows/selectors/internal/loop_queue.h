#ifndef SELECTORS_INTERNAL_LOOP_QUEUE_H_
#define SELECTORS_INTERNAL_LOOP_QUEUE_H_

#include <napi.h>

namespace selectors {

// The event loop sleeps on an I/O completion port, which is no descriptor.
inline int LoopQueueOf(napi_env) {
  return -1;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_QUEUE_H_
