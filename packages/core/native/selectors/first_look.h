#ifndef SELECTORS_FIRST_LOOK_H_
#define SELECTORS_FIRST_LOOK_H_

namespace selectors {

// Whether to check, before a wait that is expensive to begin, if something is ready already: yes as long as such checks find
// something, and otherwise once in a while, to find out.
class FirstLook {
 public:
  bool IsDue() {
    if (left_ == 0) return true;
    left_--;
    return false;
  }

  void Missed() { left_ = kPause; }
  void Pays() { left_ = 0; }

 private:
  static constexpr int kPause = 16;

  // How many waits begin without a look.
  int left_ = 0;
};

}  // namespace selectors

#endif  // SELECTORS_FIRST_LOOK_H_
