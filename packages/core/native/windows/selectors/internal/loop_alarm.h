#ifndef SELECTORS_INTERNAL_LOOP_ALARM_H_
#define SELECTORS_INTERNAL_LOOP_ALARM_H_

#include <napi.h>

#include <cerrno>
#include <memory>

#include "selectors/internal/alarm.h"
#include "selectors/internal/callback.h"

namespace selectors {

// No backend on Windows has a queue that the event loop could poll.
class LoopAlarm {
 public:
  static int Make(napi_env, int /* fd */, const Callback&, std::shared_ptr<Alarm>&) { return -ENOTSUP; }
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_ALARM_H_
