// A loop whose turns are made by a test.
#ifndef SELECTORS_INTERNAL_LOOP_TURNS_H_
#define SELECTORS_INTERNAL_LOOP_TURNS_H_

#include <napi.h>

#include <memory>

namespace selectors {

class LoopTurns {
 public:
  class Listener {
   public:
    virtual void OnLoopSleeps() = 0;
    virtual void OnLoopRuns() = 0;

   protected:
    ~Listener() = default;
  };

  explicit LoopTurns(Listener& listener) : listener_(listener) {}

  static std::shared_ptr<LoopTurns> Make(napi_env, Listener& listener) {
    last() = std::make_shared<LoopTurns>(listener);
    return last();
  }

  static std::shared_ptr<LoopTurns>& last() {
    static std::shared_ptr<LoopTurns> turns;
    return turns;
  }

  void Sleep() {
    if (runs_) listener_.OnLoopSleeps();
  }
  void Run() {
    if (runs_) listener_.OnLoopRuns();
  }

  bool has_listener() const { return runs_; }
  void Start() { runs_ = true; }
  void Stop() { runs_ = false; }
  void Close() { runs_ = false; }

 private:
  Listener& listener_;
  bool runs_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_TURNS_H_
