// What a backend needs of the real one, which takes Node's headers besides.
#include "selectors/deadline.h"
#include "selectors/ready_list.h"

#define SELECTORS_BACKEND(Backend, package) template class Instance<Backend>;

template <class Backend>
class Instance {
  Backend backend;
};
