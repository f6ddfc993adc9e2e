#include "kernel.h"

#include <cstdlib>

namespace {

Kernel* Boot() {
  auto kernel = new Kernel;
  const char* system = std::getenv("KQUEUE_SYSTEM");
  if (system == nullptr || !kernel->Use(system)) kernel->Use(kProfiles[0].name);
  return kernel;
}

}  // namespace

Kernel& Kernel::Get() {
  static Kernel& kernel = *Boot();
  return kernel;
}

bool Kernel::Use(const std::string& system) {
  for (const Profile& candidate : kProfiles) {
    if (system != candidate.name) continue;
    profile = candidate;
    release = candidate.release;
    return true;
  }
  return false;
}

bool Kernel::Has(Trait trait) const {
  for (const TraitRow& row : kTraits) {
    if (row.trait == trait) return row.systems & profile.system;
  }
  return false;
}

std::shared_ptr<Queue> Kernel::Find(int kq) {
  auto found = queues.find(kq);
  if (!Queue::IsQueue(kq)) {
    if (found != queues.end()) queues.erase(found);
    return nullptr;
  }
  if (found != queues.end()) return found->second;
  for (auto& [number, queue] : queues) {
    if (Queue::IsQueue(number) && queue->IsSame(kq)) return queue;
  }
  return nullptr;
}

// For checks: whether the system has the trait of that name; -1 if there is none.
extern "C" int kqueue_emulation_has(const char* name) {
  for (const TraitRow& row : kTraits) {
    if (std::string(name) == row.name) return (row.systems & Kernel::Get().profile.system) != 0;
  }
  return -1;
}
