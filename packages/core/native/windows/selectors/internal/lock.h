#ifndef SELECTORS_INTERNAL_LOCK_H_
#define SELECTORS_INTERNAL_LOCK_H_

#include <windows.h>

namespace selectors {

// A mutex that is the same in every C++ library, which std::mutex need not be.
class Lock {
 public:
  void lock() { ::AcquireSRWLockExclusive(&lock_); }
  void unlock() { ::ReleaseSRWLockExclusive(&lock_); }

 private:
  SRWLOCK lock_ = SRWLOCK_INIT;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOCK_H_
