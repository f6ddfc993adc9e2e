#include "faults.h"

#include <mutex>
#include <utility>

namespace devpoll_emulation {

namespace {

struct Armed {
  int skipped = 0;
  int times = 0;
  Fault fault;
  int count = 0;
};

std::mutex faults_mutex;
Armed faults[kCalls];

}  // namespace

void Arm(Call call, int skipped, int times, Fault fault) {
  std::lock_guard<std::mutex> lock(faults_mutex);
  faults[call] = {skipped, times, fault, faults[call].count};
}

void Disarm() {
  std::lock_guard<std::mutex> lock(faults_mutex);
  for (Armed& armed : faults) armed.times = 0;
}

std::optional<Fault> Next(Call call) {
  std::lock_guard<std::mutex> lock(faults_mutex);
  Armed& armed = faults[call];
  armed.count++;
  if (armed.times == 0) return std::nullopt;
  if (armed.skipped > 0) {
    armed.skipped--;
    return std::nullopt;
  }
  armed.times--;
  return std::exchange(armed.fault, {armed.fault.error, 0});
}

int CountOf(Call call) {
  std::lock_guard<std::mutex> lock(faults_mutex);
  return faults[call].count;
}

}  // namespace devpoll_emulation
