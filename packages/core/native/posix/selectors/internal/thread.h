#ifndef SELECTORS_INTERNAL_THREAD_H_
#define SELECTORS_INTERNAL_THREAD_H_

#include <pthread.h>
#include <signal.h>

#include <cstddef>

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
    pthread_attr_t attributes;
    if (int error = pthread_attr_init(&attributes)) return -error;
    pthread_attr_setstacksize(&attributes, kStackSize);
    // Signals are for the threads that expect them.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&thread_, &attributes, Run, this);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&attributes);
    return -error;
  }

  void Join() { pthread_join(thread_, nullptr); }

 private:
  static constexpr size_t kStackSize = 256 * 1024;

  static void* Run(void* thread) {
    const Thread& self = *static_cast<Thread*>(thread);
    self.body_(self.context_);
    return nullptr;
  }

  pthread_t thread_ = {};
  Body body_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_THREAD_H_
