#ifndef AFD_WATCHED_H_
#define AFD_WATCHED_H_

#include <windows.h>

#include <cstddef>
#include <cstdint>

#include "operations.h"
#include "selectors/memory.h"

// A socket that is watched.
struct Watched {
  // Whether it is polled.
  //
  //           poll starts   poll ends before a wait   during one        socket closed   Modify()
  // kDue      kPolled                                                   kClosed         kDue
  // kPolled                 kDue                      kDue or kSpent    kClosed         kDue
  // kSpent                                                              kClosed         kDue
  // kClosed                                                                             kDue
  enum class State { kDue, kPolled, kSpent, kClosed };

  int fd;
  uint32_t events;
  HANDLE socket;
  // Which one polls it.
  size_t device = 0;
  State state = State::kDue;
  // In flight while it is polled, otherwise null.
  Operation* poll = nullptr;
  // Cancelled, but still in flight; otherwise null. There is no other poll meanwhile.
  Operation* ending = nullptr;
  // In flight until the socket is closed, then null.
  Operation* close = nullptr;
  // Where it is among those that are due.
  size_t place = 0;

  Watched(int fd, uint32_t events, HANDLE socket) : fd(fd), events(events), socket(socket) {}
};

// Those that are to be polled before the next wait.
class Due {
 public:
  bool empty() const { return list_.empty(); }
  size_t size() const { return list_.size(); }
  Watched* operator[](size_t place) { return list_[place]; }

  // Makes room for so many in all.
  [[nodiscard]] bool Reserve(size_t count) { return list_.Reserve(count); }

  // There is room for it.
  void Insert(Watched* watched) {
    watched->place = list_.size();
    (void)list_.Push(watched);
  }

  void Erase(Watched* watched) {
    list_.back()->place = watched->place;
    list_[watched->place] = list_.back();
    list_.Pop();
  }

 private:
  selectors::List<Watched*> list_;
};

#endif  // AFD_WATCHED_H_
