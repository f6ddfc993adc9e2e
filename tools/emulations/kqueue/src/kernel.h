#ifndef KQUEUE_EMULATION_KERNEL_H_
#define KQUEUE_EMULATION_KERNEL_H_

#include <map>
#include <memory>
#include <mutex>

#include "faults.h"
#include "queue.h"

// The state of a kernel is the process's: one for all threads, hence global. Never destroyed: threads may still be in a
// system call while the process ends.
struct Kernel {
  std::mutex mutex;
  // By descriptor. What close(2) has closed stays until its number is a queue's again.
  std::map<int, std::shared_ptr<Queue>> queues;
  Faults faults;
  // How many changes were submitted so far.
  unsigned int changes = 0;

  std::shared_ptr<Queue> Find(int kq);

  static Kernel& Get();
};

#endif  // KQUEUE_EMULATION_KERNEL_H_
