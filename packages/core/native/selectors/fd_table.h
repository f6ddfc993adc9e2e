#ifndef SELECTORS_FD_TABLE_H_
#define SELECTORS_FD_TABLE_H_

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace selectors {

// Values by file descriptor. Low numbers, which is all that most processes have, live in a vector; a high one, which need
// not even be open, must not make it gigabytes long and lives in a hash table.
template <class Value>
class FdTable {
 public:
  // Answers null for what is not in the table. The pointer holds until the next Insert or Erase.
  Value* Find(int fd) {
    if (fd < kDense) return static_cast<size_t>(fd) < dense_.size() && dense_[fd].used ? &dense_[fd].value : nullptr;
    auto found = sparse_.find(fd);
    return found == sparse_.end() ? nullptr : &found->second;
  }

  void Insert(int fd, const Value& value) {
    if (fd >= kDense) {
      sparse_.insert_or_assign(fd, value);
      return;
    }
    if (dense_.size() <= static_cast<size_t>(fd)) dense_.resize(fd + 1);
    dense_[fd] = {value, true};
  }

  void Erase(int fd) {
    if (fd >= kDense) {
      sparse_.erase(fd);
    } else if (static_cast<size_t>(fd) < dense_.size()) {
      dense_[fd] = {};
    }
  }

  // Calls visit(fd, value) for each, in no order.
  template <class Visit>
  void ForEach(Visit visit) {
    for (size_t fd = 0; fd < dense_.size(); fd++) {
      if (dense_[fd].used) visit(static_cast<int>(fd), dense_[fd].value);
    }
    for (auto& [fd, value] : sparse_) visit(fd, value);
  }

 private:
  static constexpr int kDense = 1 << 16;

  struct Entry {
    Value value = {};
    bool used = false;
  };

  std::vector<Entry> dense_;
  std::unordered_map<int, Value> sparse_;
};

}  // namespace selectors

#endif  // SELECTORS_FD_TABLE_H_
