#ifndef SELECTORS_MEMORY_H_
#define SELECTORS_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace selectors {

// Without exceptions, `new` and the containers of the C++ library end the process when there is no memory. These report it
// instead, so that a call can return -ENOMEM.

struct Delete {
  template <class T>
  void operator()(T* object) const {
    object->~T();
    std::free(object);
  }
};

template <class T>
using Owned = std::unique_ptr<T, Delete>;

// Makes an object; null if there is no memory.
template <class T, class... Arguments>
Owned<T> Make(Arguments&&... arguments) {
  static_assert(alignof(T) <= alignof(std::max_align_t));
  void* memory = std::malloc(sizeof(T));
  return Owned<T>(memory ? new (memory) T(std::forward<Arguments>(arguments)...) : nullptr);
}

// The memory of one shared object, which MakeShared() has allocated before.
template <class T, size_t kSize>
class Found {
 public:
  using value_type = T;
  template <class Other>
  struct rebind {
    using other = Found<Other, kSize>;
  };

  explicit Found(void* memory) : memory_(memory) {}
  template <class Other>
  Found(const Found<Other, kSize>& other) : memory_(other.memory()) {}

  void* memory() const { return memory_; }
  T* allocate(size_t) const {
    static_assert(sizeof(T) <= kSize);
    return static_cast<T*>(memory_);
  }
  void deallocate(T* memory, size_t) const { std::free(memory); }

 private:
  void* memory_;
};

// Makes a shared object; null if there is no memory.
template <class T, class... Arguments>
std::shared_ptr<T> MakeShared(Arguments&&... arguments) {
  static_assert(alignof(T) <= alignof(std::max_align_t));
  // The counts, a pointer to their functions, the allocator and what aligns the object.
  constexpr size_t kSize = sizeof(T) + 8 * sizeof(void*);
  void* memory = std::malloc(kSize);
  if (memory == nullptr) return nullptr;
  return std::allocate_shared<T>(Found<T, kSize>(memory), std::forward<Arguments>(arguments)...);
}

// A vector of plain data. Methods that may need memory return whether there was some, and change nothing if not.
template <class T>
class List {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

 public:
  List() = default;
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  ~List() { std::free(items_); }

  T* data() { return items_; }
  const T* data() const { return items_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return items_; }
  T* end() { return items_ + size_; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }
  T& operator[](size_t index) { return items_[index]; }
  const T& operator[](size_t index) const { return items_[index]; }
  T& back() { return items_[size_ - 1]; }

  // Makes room for so many in all: adding up to that number needs no memory.
  [[nodiscard]] bool Reserve(size_t count) {
    if (count <= capacity_) return true;
    // Half as much again: a list that grows one by one is moved only a few times.
    size_t capacity = capacity_ + capacity_ / 2;
    if (capacity < count) capacity = count;
    if (capacity < kLeast) capacity = kLeast;
    void* items =
        capacity > SIZE_MAX / sizeof(T) ? nullptr : std::realloc(static_cast<void*>(items_), capacity * sizeof(T));
    if (items == nullptr) return false;
    items_ = static_cast<T*>(items);
    capacity_ = capacity;
    return true;
  }

  // New elements are zero.
  [[nodiscard]] bool Resize(size_t count) {
    if (!Reserve(count)) return false;
    if (count > size_) std::memset(static_cast<void*>(items_ + size_), 0, (count - size_) * sizeof(T));
    size_ = count;
    return true;
  }

  [[nodiscard]] bool Push(const T& item) {
    if (size_ == capacity_ && !Reserve(size_ + 1)) return false;
    items_[size_++] = item;
    return true;
  }

  [[nodiscard]] bool Insert(T* place, const T& item) {
    const size_t index = static_cast<size_t>(place - items_);
    if (!Reserve(size_ + 1)) return false;
    std::memmove(static_cast<void*>(items_ + index + 1), items_ + index, (size_ - index) * sizeof(T));
    items_[index] = item;
    size_++;
    return true;
  }

  void Erase(T* place) {
    std::memmove(static_cast<void*>(place), place + 1, static_cast<size_t>(end() - place - 1) * sizeof(T));
    size_--;
  }

  void Pop() { size_--; }
  void Clear() { size_ = 0; }

 private:
  static constexpr size_t kLeast = 8;

  T* items_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace selectors

#endif  // SELECTORS_MEMORY_H_
