#ifndef SELECTORS_READY_LIST_H_
#define SELECTORS_READY_LIST_H_

#include <cstddef>
#include <cstdint>

namespace selectors {

// The buffer that a wait writes its `fd, events` pairs to. It has room for every watched descriptor, and at least for one.
class ReadyList {
 public:
  ReadyList() = default;
  ReadyList(int32_t* numbers, size_t length) : numbers_(numbers), capacity_(length / 2) {}

  size_t capacity() const { return capacity_; }
  size_t size() const { return size_; }
  int fd(size_t place) const { return numbers_[2 * place]; }
  uint32_t events(size_t place) const { return static_cast<uint32_t>(numbers_[2 * place + 1]); }

  // A descriptor that is watched but not reported: all that is recorded is that it was pushed.
  void Hide(int fd) { hidden_ = fd; }
  bool found_hidden() const { return found_hidden_; }

  void Clear() {
    size_ = 0;
    found_hidden_ = false;
  }

  // False, and nothing pushed, if there is no room: then the wait ends with what it has.
  bool Push(int fd, uint32_t events) {
    if (fd == hidden_) {
      found_hidden_ = true;
      return true;
    }
    if (size_ == capacity_) return false;
    numbers_[2 * size_] = fd;
    numbers_[2 * size_ + 1] = static_cast<int32_t>(events);
    size_++;
    return true;
  }

  // Takes out what was pushed for a descriptor; returns whether there was anything.
  bool Take(int fd) {
    for (size_t i = 0; i < size_; i++) {
      if (numbers_[2 * i] != fd) continue;
      size_--;
      numbers_[2 * i] = numbers_[2 * size_];
      numbers_[2 * i + 1] = numbers_[2 * size_ + 1];
      return true;
    }
    return false;
  }

  // Adds to the events that were pushed for a descriptor, or pushes it.
  void Merge(int fd, uint32_t events) {
    for (size_t i = 0; i < size_; i++) {
      if (numbers_[2 * i] != fd) continue;
      numbers_[2 * i + 1] |= static_cast<int32_t>(events);
      return;
    }
    Push(fd, events);
  }

 private:
  int32_t* numbers_ = nullptr;
  size_t capacity_ = 0;
  size_t size_ = 0;
  int hidden_ = -1;
  bool found_hidden_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_READY_LIST_H_
