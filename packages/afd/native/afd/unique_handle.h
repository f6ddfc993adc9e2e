#ifndef AFD_UNIQUE_HANDLE_H_
#define AFD_UNIQUE_HANDLE_H_

#include <windows.h>

#include <utility>

// Owns a handle and closes it once.
class UniqueHandle {
 public:
  UniqueHandle() = default;
  UniqueHandle(const UniqueHandle&) = delete;
  UniqueHandle& operator=(const UniqueHandle&) = delete;
  ~UniqueHandle() { Reset(); }

  HANDLE get() const { return handle_; }

  // Gives the handle away, open.
  HANDLE Release() { return std::exchange(handle_, nullptr); }

  void Reset(HANDLE handle = nullptr) {
    HANDLE old = std::exchange(handle_, handle);
    if (old != nullptr) ::CloseHandle(old);
  }

 private:
  HANDLE handle_ = nullptr;
};

#endif  // AFD_UNIQUE_HANDLE_H_
