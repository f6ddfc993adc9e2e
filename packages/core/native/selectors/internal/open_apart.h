#ifndef SELECTORS_INTERNAL_OPEN_APART_H_
#define SELECTORS_INTERNAL_OPEN_APART_H_

#include <cerrno>
#include <utility>

#include "selectors/memory.h"

namespace selectors {

// Makes an object that opens descriptors, none under a number that `is_taken(fd)`. A descriptor that was closed while it was watched
// keeps its number there: it will be removed by that, and until then it has to be found closed. What gets such a number is held until
// another one is found.
template <class Owner, class IsTaken>
int OpenApart(Owned<Owner>& owner, const IsTaken& is_taken) {
  owner = Make<Owner>();
  if (!owner) return -ENOMEM;
  int result = owner->Open();
  if (result < 0 || !owner->HasAny(is_taken)) return result;
  const Owned<Owner> held = std::move(owner);
  return OpenApart(owner, is_taken);
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_OPEN_APART_H_
