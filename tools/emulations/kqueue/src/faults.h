#ifndef KQUEUE_EMULATION_FAULTS_H_
#define KQUEUE_EMULATION_FAULTS_H_

#include <optional>

// What the next calls are to fail with. Guarded by the kernel's mutex.
class Faults {
 public:
  enum Call { kQueue, kEvent, kChange, kControl, kCalls };

  struct Fault {
    int error;
    // How many calls succeed before.
    int after;
    // How many changes of a kevent() are made before it fails.
    int applied;
  };

  void Set(Call call, Fault fault) { faults_[call] = fault; }

  bool armed() const { return faults_[kQueue] || faults_[kEvent] || faults_[kChange] || faults_[kControl]; }

  void Clear() {
    for (auto& fault : faults_) fault.reset();
  }

  // Counts a call; returns the fault if it is this call's turn, once.
  std::optional<Fault> Take(Call call) {
    std::optional<Fault>& fault = faults_[call];
    if (!fault || fault->after-- > 0) return std::nullopt;
    std::optional<Fault> taken = fault;
    fault.reset();
    return taken;
  }

 private:
  std::optional<Fault> faults_[kCalls];
};

#endif  // KQUEUE_EMULATION_FAULTS_H_
