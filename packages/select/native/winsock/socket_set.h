#ifndef SOCKET_SET_H_
#define SOCKET_SET_H_

#include <winsock2.h>

#include <algorithm>
#include <cstddef>

#include "selectors/memory.h"

// A Winsock fd_set, which is a count and that many sockets, with room for more than FD_SETSIZE: that bounds only the array in the
// declaration of fd_set.
class SocketSet {
 public:
  // The count has 32 bits, followed by padding if sockets are wider.
  size_t size() const { return memory_.empty() ? 0 : static_cast<u_int>(memory_[0]); }
  const SOCKET* begin() const { return memory_.empty() ? memory_.data() : memory_.data() + 1; }
  const SOCKET* end() const { return begin() + size(); }

  // Makes room for so many sockets. False, and nothing changed, if there is no memory.
  [[nodiscard]] bool Reserve(size_t count) {
    if (!memory_.Reserve(count + 1)) return false;
    return !memory_.empty() || memory_.Resize(1);
  }

  // There is room for it.
  void Insert(SOCKET socket) {
    (void)memory_.Push(socket);
    memory_[0]++;
  }

  // There is room for all.
  void Copy(const SocketSet& other) {
    memory_.Clear();
    for (SOCKET number : other.memory_) (void)memory_.Push(number);
  }

  // Returns whether it was there.
  bool Erase(SOCKET socket) {
    if (memory_.empty()) return false;
    SOCKET* place = std::find(memory_.begin() + 1, memory_.end(), socket);
    if (place == memory_.end()) return false;
    *place = memory_.back();
    memory_.Pop();
    memory_[0]--;
    return true;
  }

  void Clear() { memory_.Clear(); }

  // For select(), which leaves in it what is ready; null if it is empty.
  fd_set* Raw() { return size() == 0 ? nullptr : reinterpret_cast<fd_set*>(memory_.data()); }

 private:
  static_assert(offsetof(fd_set, fd_array) == sizeof(SOCKET));

  // The count comes first, once there is room for any sockets.
  selectors::List<SOCKET> memory_;
};

#endif  // SOCKET_SET_H_
