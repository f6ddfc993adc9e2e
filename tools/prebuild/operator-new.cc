// Without exceptions the C++ library's `new` returns null when memory runs out, which nothing checks for: a program ends here.
#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) std::abort();
  return memory;
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}
