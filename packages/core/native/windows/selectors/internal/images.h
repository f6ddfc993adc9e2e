#ifndef SELECTORS_INTERNAL_IMAGES_H_
#define SELECTORS_INTERNAL_IMAGES_H_

#include <windows.h>
// After windows.h, which it needs.
#include <psapi.h>

#include <vector>

namespace selectors {

// Keeps the library that contains an address loaded. Node.js unloads an addon with the last thread that has loaded it.
inline bool StayLoaded(void* address) {
  HMODULE image = nullptr;
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
  return ::GetModuleHandleExW(flags, static_cast<LPCWSTR>(address), &image) != 0;
}

// Calls the function of that name in the first loaded library that has one. Returns null if none has.
inline void* CallFirst(const char* name) {
  std::vector<HMODULE> images(1024);
  DWORD size = 0;
  const DWORD room = static_cast<DWORD>(images.size() * sizeof(HMODULE));
  if (::K32EnumProcessModules(::GetCurrentProcess(), images.data(), room, &size) == 0) return nullptr;
  if (size < room) images.resize(size / sizeof(HMODULE));
  for (HMODULE image : images) {
    HMODULE kept = nullptr;
    // It may have been unloaded in the meantime.
    const LPCWSTR address = reinterpret_cast<LPCWSTR>(image);
    if (::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, address, &kept) == 0) continue;
    auto function = reinterpret_cast<void* (*)()>(reinterpret_cast<void*>(::GetProcAddress(kept, name)));
    void* result = function ? function() : nullptr;
    ::FreeLibrary(kept);
    if (result != nullptr) return result;
  }
  return nullptr;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_IMAGES_H_
