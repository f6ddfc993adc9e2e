#ifndef SELECTORS_FIRST_LOOK_H_
#define SELECTORS_FIRST_LOOK_H_

namespace selectors {

// Whether to look, before a wait that is dear to begin, if there is something already: while that finds something, and else
// once in so often, to find out.
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

  // How many waits are begun without.
  int left_ = 0;
};

}  // namespace selectors

#endif  // SELECTORS_FIRST_LOOK_H_
