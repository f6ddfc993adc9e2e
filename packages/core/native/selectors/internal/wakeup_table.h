#ifndef SELECTORS_INTERNAL_WAKEUP_TABLE_H_
#define SELECTORS_INTERNAL_WAKEUP_TABLE_H_

#include <chrono>

#include "selectors/internal/images.h"
#include "selectors/internal/lock.h"

namespace selectors {

// One copy of this code. A process has one for each file that a binding was loaded from: one for each package, and for each
// installed copy of the same package.
struct WakeupCopy {
  // Wakes the selector that this copy knows by that token, if there is one. The table's lock is held.
  bool (*wake)(double token);
  WakeupCopy* next;
};

// What all copies share: each of them finds every wakeup, and no token is given out twice. A copy may come from another release
// and have another C++ library, so this is C, and changing it requires another name: kWakeupTable.
struct WakeupTable {
  Lock lock;
  double last;
  WakeupCopy* first;
};

constexpr char kWakeupTable[] = "selectors_wakeups_1";

// What a copy exports under that name.
inline void* OwnWakeupTable() {
  // A clock's microseconds, which fit in a double. Tokens left from long ago are below it.
  using std::chrono::duration_cast;
  static const auto now = std::chrono::system_clock::now().time_since_epoch();
  static WakeupTable table = {{}, static_cast<double>(duration_cast<std::chrono::microseconds>(now).count()), nullptr};
  static const bool stays = StayLoaded(&table);
  static_cast<void>(stays);
  return &table;
}

// The table of the copy that was loaded first, which stays loaded.
inline WakeupTable& WakeupTableOfProcess() {
  void* first = CallFirst(kWakeupTable);
  return *static_cast<WakeupTable*>(first ? first : OwnWakeupTable());
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_WAKEUP_TABLE_H_
