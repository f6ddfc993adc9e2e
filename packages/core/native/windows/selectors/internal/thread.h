#ifndef SELECTORS_INTERNAL_THREAD_H_
#define SELECTORS_INTERNAL_THREAD_H_

#include <process.h>
#include <windows.h>

#include <cerrno>

namespace selectors {

// A thread that is joined. std::thread would end the process if no thread can be made, because it reports that by an exception.
class Thread {
 public:
  using Body = void (*)(void* context);

  Thread() = default;
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // -EAGAIN or -ENOMEM if no thread can be made.
  int Start(Body body, void* context) {
    body_ = body;
    context_ = context;
    const uintptr_t started =
        ::_beginthreadex(nullptr, kStackSize, Run, this, STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
    if (started == 0) return -errno;
    thread_ = reinterpret_cast<HANDLE>(started);
    return 0;
  }

  void Join() {
    ::WaitForSingleObject(thread_, INFINITE);
    ::CloseHandle(thread_);
  }

 private:
  static constexpr unsigned kStackSize = 256 * 1024;

  static unsigned __stdcall Run(void* thread) {
    const Thread& self = *static_cast<Thread*>(thread);
    self.body_(self.context_);
    return 0;
  }

  HANDLE thread_ = nullptr;
  Body body_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_THREAD_H_
