#ifndef SELECTORS_INTERNAL_LOOP_LINK_H_
#define SELECTORS_INTERNAL_LOOP_LINK_H_

namespace selectors {

// No case is known in which a kqueue refuses a descriptor after uv_poll_init() has tried it.
inline int LinkToLoop(int /* loop */, int /* fd */) {
  return 0;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_LINK_H_
