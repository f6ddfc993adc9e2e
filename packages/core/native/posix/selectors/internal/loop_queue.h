#ifndef SELECTORS_INTERNAL_LOOP_QUEUE_H_
#define SELECTORS_INTERNAL_LOOP_QUEUE_H_

#include <napi.h>

#include "selectors/internal/libuv.h"
#include "selectors/internal/loop_guest.h"

namespace selectors {

// The descriptor that a thread's event loop sleeps on; -1 if libuv is not available.
inline int LoopQueueOf(napi_env env) {
  Libuv::Loop* loop = LoopGuest::LoopOf(env);
  return loop == nullptr ? -1 : Libuv::Find()->backend_fd(loop);
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_QUEUE_H_
