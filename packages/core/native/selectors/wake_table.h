#ifndef SELECTORS_WAKE_TABLE_H_
#define SELECTORS_WAKE_TABLE_H_

#include <chrono>

#include "selectors/images.h"
#include "selectors/lock.h"

namespace selectors {

// One copy of this code. A process has one for each file that a binding was loaded from: one for each package, and for each
// installed copy of the same package.
struct WakeCopy {
  // Wakes the selector that this copy knows by that token, if there is one. The table's lock is held.
  bool (*signal)(double token);
  WakeCopy* next;
};

// What all copies share: each of them finds every wake, and no token is given out twice. A copy may come from another release
// and have another C++ library, so this is C, and changing it requires another name: kWakeTable.
struct WakeTable {
  Lock lock;
  double last;
  WakeCopy* first;
};

constexpr char kWakeTable[] = "selectors_wakes_1";

// What a copy exports under that name.
inline void* OwnWakeTable() {
  // A clock's microseconds, which fit in a double. Tokens left from long ago are below it.
  using std::chrono::duration_cast;
  static const auto now = std::chrono::system_clock::now().time_since_epoch();
  static WakeTable table = {{}, static_cast<double>(duration_cast<std::chrono::microseconds>(now).count()), nullptr};
  static const bool stays = StayLoaded(&table);
  static_cast<void>(stays);
  return &table;
}

// The table of the copy that was loaded first, which stays loaded.
inline WakeTable& WakeTableOfProcess() {
  void* first = CallFirst(kWakeTable);
  return *static_cast<WakeTable*>(first ? first : OwnWakeTable());
}

}  // namespace selectors

#endif  // SELECTORS_WAKE_TABLE_H_
