#ifndef SELECTORS_INTERNAL_IMAGES_H_
#define SELECTORS_INTERNAL_IMAGES_H_

#include <link.h>

#include <cstddef>
#include <string>
#include <vector>

#include "selectors/internal/image.h"

namespace selectors {

// Calls the function of that name in the first loaded addon that has one. Node.js does not let addons see each other's
// names, so each is asked. Returns null if none has.
inline void* CallFirst(const char* name) {
  std::vector<std::string> files;
  // The dynamic linker is locked during this.
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* data) {
        if (info->dlpi_name != nullptr) static_cast<std::vector<std::string>*>(data)->emplace_back(info->dlpi_name);
        return 0;
      },
      &files);
  return CallFirstOf(files, name);
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_IMAGES_H_
