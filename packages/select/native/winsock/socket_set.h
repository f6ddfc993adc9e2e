#ifndef SOCKET_SET_H_
#define SOCKET_SET_H_

#include <winsock2.h>

#include <algorithm>
#include <cstddef>
#include <vector>

// An fd_set of Winsock, which is a count and as many sockets, with room for more than FD_SETSIZE: that bounds the array in the
// declaration of fd_set, and nothing else.
class SocketSet {
 public:
  // The count is 32 bits, followed by a gap where sockets are wider.
  size_t size() const { return static_cast<u_int>(memory_.front()); }
  const SOCKET* begin() const { return memory_.data() + 1; }
  const SOCKET* end() const { return begin() + size(); }

  void Insert(SOCKET socket) {
    memory_.push_back(socket);
    memory_.front()++;
  }

  // Answers whether it was there.
  bool Erase(SOCKET socket) {
    auto place = std::find(memory_.begin() + 1, memory_.end(), socket);
    if (place == memory_.end()) return false;
    *place = memory_.back();
    memory_.pop_back();
    memory_.front()--;
    return true;
  }

  void Clear() { memory_.assign(1, 0); }

  // For select(), which leaves in it what is ready; null when there is nothing to ask.
  fd_set* Raw() { return size() == 0 ? nullptr : reinterpret_cast<fd_set*>(memory_.data()); }

 private:
  static_assert(offsetof(fd_set, fd_array) == sizeof(SOCKET));

  std::vector<SOCKET> memory_ = {0};
};

#endif  // SOCKET_SET_H_
