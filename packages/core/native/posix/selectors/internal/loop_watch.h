#ifndef SELECTORS_INTERNAL_LOOP_WATCH_H_
#define SELECTORS_INTERNAL_LOOP_WATCH_H_

namespace selectors {

// A descriptor that becomes readable when something is posted to an event loop that does not run: the loop's queue itself, which
// stays readable then.
class LoopWatch {
 public:
  int Open() { return 0; }
  int fd() const { return queue_; }

  template <class Is>
  bool HasAny(const Is& /* is */) const {
    return false;
  }

  int Watch(int queue) {
    queue_ = queue;
    return 0;
  }

  bool Lower() { return false; }

 private:
  int queue_ = -1;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_WATCH_H_
