#ifndef SELECTORS_INTERNAL_LOOP_TURNS_H_
#define SELECTORS_INTERNAL_LOOP_TURNS_H_

#include <napi.h>

#include <memory>

namespace selectors {

// Nothing is known of the loop's turns on Windows.
class LoopTurns {
 public:
  class Listener {
   public:
    virtual void OnLoopSleeps() = 0;
    virtual void OnLoopRuns() = 0;

   protected:
    ~Listener() = default;
  };

  static std::shared_ptr<LoopTurns> Make(napi_env, Listener&) { return nullptr; }

  void Start() {}
  void Stop() {}
  void Close() {}
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_TURNS_H_
