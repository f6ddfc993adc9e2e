#ifndef SELECTORS_LOOP_ALARM_H_
#define SELECTORS_LOOP_ALARM_H_

#include <cerrno>
#include <memory>

#include "selectors/alarm.h"
#include "selectors/callback.h"

namespace selectors {

// Only the helper thread is to be tested.
class LoopAlarm {
 public:
  static int Make(napi_env, int, const Callback&, std::shared_ptr<Alarm>&) { return -ENOTSUP; }
};

}  // namespace selectors

#endif  // SELECTORS_LOOP_ALARM_H_
