#ifndef SELECTORS_INTERNAL_LOOP_ALARM_H_
#define SELECTORS_INTERNAL_LOOP_ALARM_H_

#include <cerrno>
#include <memory>

#include "selectors/internal/alarm.h"
#include "selectors/internal/callback.h"

namespace selectors {

// Only the helper thread is to be tested.
class LoopAlarm {
 public:
  static int Make(napi_env, int, const Callback&, std::shared_ptr<Alarm>&) { return -ENOTSUP; }
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_ALARM_H_
