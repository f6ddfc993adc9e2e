#ifndef SELECTORS_LOOP_WATCH_H_
#define SELECTORS_LOOP_WATCH_H_

#include <napi.h>

#include <cerrno>
#include <memory>

#include "selectors/callback.h"
#include "selectors/watch.h"

namespace selectors {

// No backend on Windows has a queue that the event loop could poll.
class LoopWatch {
 public:
  static int Make(napi_env, int /* fd */, const Callback&, std::shared_ptr<Watch>&) { return -ENOTSUP; }
};

}  // namespace selectors

#endif  // SELECTORS_LOOP_WATCH_H_
