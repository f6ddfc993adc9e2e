#ifndef SELECTORS_INTERNAL_IMAGE_H_
#define SELECTORS_INTERNAL_IMAGE_H_

#include <dlfcn.h>

#include <string>
#include <vector>

namespace selectors {

// Keeps the shared object that contains an address loaded. Node.js unloads an addon with the last thread that has loaded it.
inline bool StayLoaded(void* address) {
  Dl_info info;
  return ::dladdr(address, &info) != 0 && ::dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD) != nullptr;
}

// Calls the function of that name in the first addon among these files that has one. A file may have been unloaded in the meantime.
inline void* CallFirstOf(const std::vector<std::string>& files, const char* name) {
  const std::string ending = ".node";
  for (const std::string& file : files) {
    if (file.size() < ending.size() || file.compare(file.size() - ending.size(), ending.size(), ending) != 0) continue;
    void* image = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (image == nullptr) continue;
    auto function = reinterpret_cast<void* (*)()>(::dlsym(image, name));
    void* result = function ? function() : nullptr;
    ::dlclose(image);
    if (result != nullptr) return result;
  }
  return nullptr;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_IMAGE_H_
