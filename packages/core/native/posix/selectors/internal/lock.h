#ifndef SELECTORS_INTERNAL_LOCK_H_
#define SELECTORS_INTERNAL_LOCK_H_

#include <pthread.h>

namespace selectors {

// A mutex that is the same in every C++ library, which std::mutex need not be.
class Lock {
 public:
  void lock() { ::pthread_mutex_lock(&mutex_); }
  void unlock() { ::pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOCK_H_
