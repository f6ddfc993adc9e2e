#ifndef SELECTORS_INTERNAL_REFERENCE_H_
#define SELECTORS_INTERNAL_REFERENCE_H_

#include <napi.h>

namespace selectors {

// Keeps a JavaScript value alive.
using Reference = Napi::Reference<Napi::Value>;

// Returns whether it could be kept, replacing what was kept before.
inline bool Keep(napi_env env, napi_value value, Reference& kept) {
  napi_ref reference = nullptr;
  if (napi_create_reference(env, value, 1, &reference) != napi_ok) return false;
  kept = Reference(env, reference);
  return true;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_REFERENCE_H_
