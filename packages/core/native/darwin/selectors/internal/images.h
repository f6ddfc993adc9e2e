#ifndef SELECTORS_INTERNAL_IMAGES_H_
#define SELECTORS_INTERNAL_IMAGES_H_

#include <mach-o/dyld.h>

#include <cstdint>
#include <string>
#include <vector>

#include "selectors/internal/image.h"

namespace selectors {

// Calls the function of that name in the first loaded addon that has one. Returns null if none has.
inline void* CallFirst(const char* name) {
  std::vector<std::string> files;
  for (uint32_t i = 0; i < ::_dyld_image_count(); i++) {
    const char* file = ::_dyld_get_image_name(i);
    if (file != nullptr) files.emplace_back(file);
  }
  return CallFirstOf(files, name);
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_IMAGES_H_
