#ifndef SELECTORS_FD_TABLE_H_
#define SELECTORS_FD_TABLE_H_

#include <cstddef>
#include <map>
#include <vector>

namespace selectors {

// Values by file descriptor. Low numbers, which is all that most processes have, live in a vector; a high one, which need
// not even be open, must not make it gigabytes long and lives in a map.
template <class Value>
class FdTable {
 public:
  // Answers null for what is not in the table. The pointer holds until the next Insert or Erase.
  Value* Find(int fd) {
    if (fd < limit_) return dense_[fd].used ? &dense_[fd].value : nullptr;
    auto found = sparse_.find(fd);
    return found == sparse_.end() ? nullptr : &found->second;
  }

  void Insert(int fd, const Value& value) {
    if (fd >= kDense) {
      sparse_.insert_or_assign(fd, value);
      return;
    }
    if (fd >= limit_) Grow(fd + 1);
    dense_[fd] = {value, true};
  }

  void Erase(int fd) {
    if (fd < limit_) {
      dense_[fd] = {};
    } else {
      sparse_.erase(fd);
    }
  }

  // Calls visit(fd, value) for each, in no order.
  template <class Visit>
  void ForEach(Visit visit) {
    for (int fd = 0; fd < limit_; fd++) {
      if (dense_[fd].used) visit(fd, dense_[fd].value);
    }
    for (auto& [fd, value] : sparse_) visit(fd, value);
  }

 private:
  static constexpr int kDense = 1 << 16;

  void Grow(int limit) {
    dense_.resize(limit);
    limit_ = limit;
  }

  struct Entry {
    Value value = {};
    bool used = false;
  };

  std::vector<Entry> dense_;
  // The length of the vector, which would divide to find it.
  int limit_ = 0;
  std::map<int, Value> sparse_;
};

}  // namespace selectors

#endif  // SELECTORS_FD_TABLE_H_
