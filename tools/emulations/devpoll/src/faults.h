#ifndef DEVPOLL_EMULATION_FAULTS_H_
#define DEVPOLL_EMULATION_FAULTS_H_

#include <cstddef>
#include <optional>

namespace devpoll_emulation {

enum Call { kOpen, kWrite, kIoctl, kCalls };

// What a call is to do instead of its work.
struct Fault {
  // 0: a short write.
  int error = 0;
  // How many entries a write applies before.
  size_t applied = 0;
};

// Has the call after the next `skipped` ones of its kind fail, in whichever thread, and `times` in all, of which only the
// first applies anything.
void Arm(Call call, int skipped, int times, Fault fault);

// Forgets what is armed.
void Disarm();

// Counts a call; returns the fault that it is to have.
std::optional<Fault> Next(Call call);

// How many calls of this kind there have been.
int CountOf(Call call);

}  // namespace devpoll_emulation

#endif  // DEVPOLL_EMULATION_FAULTS_H_
