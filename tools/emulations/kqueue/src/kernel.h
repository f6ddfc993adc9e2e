#ifndef KQUEUE_EMULATION_KERNEL_H_
#define KQUEUE_EMULATION_KERNEL_H_

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "faults.h"
#include "queue.h"
#include "traits.h"

// The state of a kernel is the process's: one for all threads, hence global. Never destroyed: threads may still be in a
// system call while the process ends.
struct Kernel {
  std::mutex mutex;
  // By descriptor. What close(2) has closed stays until its number is a queue's again.
  std::map<int, std::shared_ptr<Queue>> queues;
  Faults faults;
  // How many changes were submitted so far.
  unsigned int changes = 0;
  // Descriptors of files that were revoked.
  std::set<int> revoked;
  Profile profile;
  // What uname(2) calls the version.
  std::string release;

  // The queue of any of its descriptors.
  std::shared_ptr<Queue> Find(int kq);

  bool Has(Trait trait) const;

  // False if there is no such system.
  bool Use(const std::string& system);

  static Kernel& Get();
};

#endif  // KQUEUE_EMULATION_KERNEL_H_
