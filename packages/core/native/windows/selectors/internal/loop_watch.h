#ifndef SELECTORS_INTERNAL_LOOP_WATCH_H_
#define SELECTORS_INTERNAL_LOOP_WATCH_H_

namespace selectors {

// No event loop can be watched on Windows, see loop_queue.h.
class LoopWatch {
 public:
  int Open() { return 0; }
  int fd() const { return -1; }

  template <class Is>
  bool HasAny(const Is& /* is */) const {
    return false;
  }

  int Watch(int /* queue */) { return -1; }
  bool Lower() { return false; }
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_WATCH_H_
