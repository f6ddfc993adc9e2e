#ifndef SELECTORS_FD_TABLE_H_
#define SELECTORS_FD_TABLE_H_

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "selectors/memory.h"

namespace selectors {

// Values by file descriptor, plain data. Low numbers, and most processes have no others, live in a list up to the highest
// one. A high one, which need not even be open, costs a page around it, which a tree finds by the number's upper bits.
template <class Value>
class FdTable {
 public:
  FdTable() = default;
  FdTable(const FdTable&) = delete;
  FdTable& operator=(const FdTable&) = delete;
  ~FdTable() {
    for (size_t upper = 0; upper < branches_; upper++) {
      if (root_[upper] == nullptr) continue;
      for (Page* page : root_[upper]->pages) std::free(page);
      std::free(root_[upper]);
    }
    std::free(root_);
  }

  // Returns null for what is not in the table. The pointer is valid until the next Reserve or Insert.
  Value* Find(int fd) {
    Entry* entry = fd < limit_ ? &low_[static_cast<size_t>(fd)] : FindHigh(fd);
    return entry != nullptr && entry->used ? &entry->value : nullptr;
  }

  // Makes room for one descriptor, so that inserting it needs no memory. False, and nothing changed, if there is none:
  // reserve before the system call, and nothing has to be undone.
  [[nodiscard]] bool Reserve(int fd) {
    if (fd < limit_) return true;
    return fd < kLow ? ReserveLow(fd) : ReserveHigh(fd);
  }

  // False, and nothing changed, if there is no memory for one that was not reserved.
  bool Insert(int fd, const Value& value) {
    if (!Reserve(fd)) return false;
    *(fd < limit_ ? &low_[static_cast<size_t>(fd)] : FindHigh(fd)) = {value, true};
    return true;
  }

  void Erase(int fd) {
    Entry* entry = fd < limit_ ? &low_[static_cast<size_t>(fd)] : FindHigh(fd);
    if (entry != nullptr) *entry = {};
  }

  // Calls visit(fd, value) for each, in ascending order.
  template <class Visit>
  void ForEach(Visit visit) {
    for (int fd = 0; fd < limit_; fd++) VisitEntry(fd, low_[static_cast<size_t>(fd)], visit);
    for (size_t upper = 0; upper < branches_; upper++) {
      if (root_[upper] == nullptr) continue;
      for (size_t middle = 0; middle < kFanOut; middle++) {
        Page* page = root_[upper]->pages[middle];
        if (page == nullptr) continue;
        const int first = static_cast<int>((upper * kFanOut + middle) * kFanOut);
        for (size_t i = 0; i < kFanOut; i++) VisitEntry(first + static_cast<int>(i), page->entries[i], visit);
      }
    }
  }

 private:
  struct Entry {
    Value value = {};
    bool used = false;
  };

  // What a page holds, and how many pages a branch holds: eight bits of the number each.
  static constexpr size_t kFanOut = 256;
  static constexpr int kLow = 1024;

  struct Page {
    Entry entries[kFanOut];
  };
  struct Branch {
    Page* pages[kFanOut];
  };

  static size_t Upper(int fd) { return static_cast<size_t>(fd) / (kFanOut * kFanOut); }
  static size_t Middle(int fd) { return static_cast<size_t>(fd) / kFanOut % kFanOut; }
  static size_t Lower(int fd) { return static_cast<size_t>(fd) % kFanOut; }

  Entry* FindHigh(int fd) {
    if (fd < kLow || Upper(fd) >= branches_) return nullptr;
    Branch* branch = root_[Upper(fd)];
    Page* page = branch == nullptr ? nullptr : branch->pages[Middle(fd)];
    return page == nullptr ? nullptr : &page->entries[Lower(fd)];
  }

  bool ReserveLow(int fd) {
    if (!low_.Resize(static_cast<size_t>(fd) + 1)) return false;
    limit_ = fd + 1;
    return true;
  }

  bool ReserveHigh(int fd) {
    if (Upper(fd) >= branches_ && !GrowRoot(Upper(fd) + 1)) return false;
    Branch*& branch = root_[Upper(fd)];
    if (branch == nullptr) branch = Zeroed<Branch>(1);
    if (branch == nullptr) return false;
    Page*& page = branch->pages[Middle(fd)];
    if (page == nullptr) page = Zeroed<Page>(1);
    return page != nullptr;
  }

  // To 32768 at most; the system provides memory only for entries that are written to.
  bool GrowRoot(size_t count) {
    Branch** root = Zeroed<Branch*>(count);
    if (root == nullptr) return false;
    if (branches_ > 0) std::memcpy(root, root_, branches_ * sizeof(Branch*));
    std::free(root_);
    root_ = root;
    branches_ = count;
    return true;
  }

  // All numbers 0 and all pointers null: empty.
  template <class T>
  static T* Zeroed(size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    return static_cast<T*>(std::calloc(count, sizeof(T)));
  }

  template <class Visit>
  static void VisitEntry(int fd, Entry& entry, Visit& visit) {
    if (entry.used) visit(fd, entry.value);
  }

  List<Entry> low_;
  // The length of the list, as an int.
  int limit_ = 0;
  Branch** root_ = nullptr;
  size_t branches_ = 0;
};

}  // namespace selectors

#endif  // SELECTORS_FD_TABLE_H_
