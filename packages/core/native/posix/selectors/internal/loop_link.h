#ifndef SELECTORS_INTERNAL_LOOP_LINK_H_
#define SELECTORS_INTERNAL_LOOP_LINK_H_

namespace selectors {

// Elsewhere no queue can be polled, so no loop is asked to.
inline int LinkToLoop(int /* loop */, int /* fd */) {
  return 0;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_LINK_H_
