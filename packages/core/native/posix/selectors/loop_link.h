#ifndef SELECTORS_LOOP_LINK_H_
#define SELECTORS_LOOP_LINK_H_

namespace selectors {

// Nothing is known that a kqueue would refuse once uv_poll_init() has tried it.
inline int LinkToLoop(int /* loop */, int /* fd */) {
  return 0;
}

}  // namespace selectors

#endif  // SELECTORS_LOOP_LINK_H_
