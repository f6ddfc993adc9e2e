// fstat(2) as every glibc has it. Headers since 2.33 ask for another, which zig takes from a library of its own, with an errno that is
// not the C library's: a failure would have no number, and 32-bit ARM crashes.
#include <sys/stat.h>

// The version of `struct stat`, which each processor has in its own way.
#if defined(__x86_64__)
constexpr int kVersion = 1;
#elif defined(__arm__)
constexpr int kVersion = 3;
#else
constexpr int kVersion = 0;
#endif

extern "C" int __fxstat64(int version, int fd, struct stat64* file);
extern "C" int fstat64(int fd, struct stat64* file) noexcept {
  return __fxstat64(kVersion, fd, file);
}
