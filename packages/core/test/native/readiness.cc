// What is ready: in the bits of poll(2), in the list that a wait fills, and what is kept for the next one.
#include <poll.h>

#include <array>
#include <vector>

#include "expect.h"
#include "pairs.h"
#include "selectors/internal/kept.h"
#include "selectors/poll_events.h"
#include "selectors/ready_list.h"

namespace {

using namespace selectors;

void EventsAreBitsOfPoll() {
  const uint32_t r = kEventRead;
  const uint32_t w = kEventWrite;
  const uint32_t p = kEventPriority;
  const uint32_t h = kEventHangup;
  const uint32_t e = kEventError;
  struct {
    int revents;
    uint32_t events;
    uint32_t mask;
  } const masks[] = {
      {POLLIN, r, r},
      {POLLIN, w | p, 0},
      {POLLOUT, r | w, w},
      {POLLIN | POLLOUT, r | w | h, r | w},
      {POLLPRI, r | p, p},
      {POLLPRI, r, 0},
      {POLLIN | POLLPRI, r | w, r},
      {kPollRdHup, r | p, 0},
      {POLLIN | POLLHUP, r | w | h | e, r | w | h},
      {POLLHUP, r | p, r | p},
      {POLLERR, w | h | e, w | e},
      {POLLERR, p, p},
      // The one that is not waited for is told as the other.
      {POLLHUP, e, e},
      {POLLERR, h, h},
      {POLLERR | POLLHUP, h | e, h | e},
      {POLLNVAL, r | p | kOneShot | kEdgeTriggered, r | p},
  };
  for (const auto& [revents, events, mask] : masks) {
    EXPECT(ToMask(static_cast<uint32_t>(revents), events) == mask);
  }
  EXPECT(ToPollEvents(r) == POLLIN && ToPollEvents(r | w) == (POLLIN | POLLOUT));
  EXPECT(ToPollEvents(p | kOneShot | kEdgeTriggered) == POLLPRI);
  EXPECT(ToPollEvents(w | h) == (POLLOUT | POLLHUP | kPollRdHup) && ToPollEvents(r | e) == (POLLIN | POLLERR));
}

void WhatIsReadyIsAPairEach() {
  // An odd number is one that is left over.
  std::vector<int32_t> numbers(7, -5);
  ReadyList ready(numbers.data(), 7);
  EXPECT(ready.capacity() == 3 && ready.size() == 0);
  EXPECT(ready.Push(8, kEventRead) && ready.Push(9, kEventWrite));
  ready.Merge(9, kEventHangup);
  ready.Merge(8, kEventRead | kEventError);
  ready.Merge(3, kEventPriority);
  EXPECT((Read(ready) == Pairs{{8, kEventRead | kEventError}, {9, kEventWrite | kEventHangup}, {3, kEventPriority}}));
  EXPECT(!ready.Push(4, kEventRead));
  // What is there already finds room.
  ready.Merge(3, kEventRead);
  ready.Merge(4, kEventRead);
  EXPECT(ready.size() == 3 && ready.events(2) == (kEventPriority | kEventRead) && numbers[6] == -5);
  EXPECT(!ready.Take(4) && ready.Take(8));
  EXPECT((Read(ready) == Pairs{{3, kEventPriority | kEventRead}, {9, kEventWrite | kEventHangup}}));
  EXPECT(ready.Take(9) && ready.Take(3) && !ready.Take(3) && ready.size() == 0);
}

void WhatIsHiddenIsNotReady() {
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), 2);
  ready.Hide(6);
  EXPECT(ready.Push(5, kEventRead) && !ready.found_hidden());
  // Nor does it need room.
  EXPECT(ready.Push(6, kEventRead) && ready.found_hidden());
  EXPECT((Read(ready) == Pairs{{5, kEventRead}}));
  ready.Clear();
  EXPECT(!ready.found_hidden() && ready.size() == 0);
  EXPECT(ready.Push(6, kEventRead) && ready.found_hidden() && ready.size() == 0);
}

// What is reported of what is kept.
Pairs Merged(Kept& kept) {
  std::vector<int32_t> numbers(16);
  ReadyList ready(numbers.data(), numbers.size());
  EXPECT(kept.MergeInto(ready) == static_cast<int>(ready.size()));
  EXPECT(kept.empty());
  return Read(ready);
}

void Add(Kept& kept, int fd, uint32_t events) {
  EXPECT(kept.Reserve(fd));
  kept.Add(fd, events);
}

void Keep(Kept& kept, int fd, uint32_t events) {
  std::vector<int32_t> numbers(2);
  ReadyList ready(numbers.data(), 2);
  ready.Push(fd, events);
  kept.Keep(ready);
}

void WhatLookingConsumesIsKept() {
  Kept kept;
  Add(kept, 3, kReadWrite);
  Add(kept, 4, kEventRead | kEdgeTriggered);
  Add(kept, 5, kReadWrite | kOneShot);
  Add(kept, 6, kEventRead | kEventPriority | kEventError);
  EXPECT(kept.empty() && kept.Has(3) && kept.Has(6) && !kept.Has(7));
  for (const int fd : {3, 4, 5, 6, 7}) Keep(kept, fd, kEventRead | kEventPriority | kEventError);
  Keep(kept, 5, kEventWrite);
  EXPECT(!kept.empty());
  const uint32_t both = kEventPriority | kEventError;
  EXPECT((Merged(kept) == Pairs{{4, kEventRead | both}, {5, kReadWrite | both}, {6, both}}));
  EXPECT(Merged(kept).empty());
  // It is kept anew when it is found anew.
  Keep(kept, 4, kEventRead);
  EXPECT((Merged(kept) == Pairs{{4, kEventRead}}));
  // What a wait has found itself is a pair with that.
  Keep(kept, 6, kEventPriority);
  std::vector<int32_t> numbers(4);
  ReadyList ready(numbers.data(), 4);
  ready.Push(6, kEventRead);
  EXPECT(kept.MergeInto(ready) == 1 && (Read(ready) == Pairs{{6, kEventRead | kEventPriority}}));
}

void WhatIsNoLongerWatchedIsNotKept() {
  Kept kept;
  Add(kept, 4, kEventRead | kEdgeTriggered);
  Add(kept, 5, kEventRead | kOneShot);
  Add(kept, 6, kEventRead | kEventPriority | kEventError);
  for (const int fd : {4, 5, 6}) Keep(kept, fd, kEventRead | kEventPriority | kEventError);
  // An edge and a shot come again.
  kept.Modify(4, kEventRead | kEdgeTriggered);
  kept.Modify(5, kEventRead | kOneShot);
  kept.Modify(6, kEventRead | kEventError);
  EXPECT((Merged(kept) == Pairs{{6, kEventError}}));
  // So few are left that one more has to find the room of those that are gone.
  Keep(kept, 4, kEventRead);
  Keep(kept, 5, kEventRead);
  kept.Remove(4);
  EXPECT((Merged(kept) == Pairs{{5, kEventRead}}));
  for (const uint32_t events : {kEventRead, kEventHangup}) Keep(kept, 5, events);
  kept.Remove(5);
  EXPECT(kept.empty() && !kept.Has(5));
  Keep(kept, 5, kEventRead);
  EXPECT(kept.empty());
  // What was never added.
  kept.Modify(9, kEventRead);
  kept.Remove(9);
  // A number that is used again is another registration.
  Add(kept, 5, kEventRead);
  Keep(kept, 5, kEventRead);
  EXPECT(kept.empty());
}

void ALoopDoesNotLookAtWhatThatConsumes() {
  Kept kept;
  EXPECT(kept.fits_loop());
  for (const uint32_t unfit : {kEventPriority, kExclusive}) {
    Add(kept, 3, kEventRead | unfit);
    Add(kept, 4, kEventRead | kEdgeTriggered | kOneShot);
    EXPECT(!kept.fits_loop());
    kept.Modify(3, kEventRead);
    EXPECT(kept.fits_loop());
    kept.Modify(4, kEventRead | unfit);
    EXPECT(!kept.fits_loop());
    kept.Remove(3);
    EXPECT(!kept.fits_loop());
    kept.Remove(4);
    EXPECT(kept.fits_loop());
  }
}

void KeepingNeedsNoMemory() {
  Kept kept;
  for (int fd = 0; fd < 64; fd++) Add(kept, fd, kEventRead | kEdgeTriggered);
  // A removed one leaves room, and does not count.
  for (int fd = 0; fd < 32; fd++) kept.Remove(fd);
  for (int fd = 100; fd < 132; fd++) Add(kept, fd, kEventRead | kOneShot);
  for (int fd = 0; fd < 132; fd++) Keep(kept, fd, kEventRead);
  std::vector<int32_t> numbers(2 * 132);
  ReadyList ready(numbers.data(), numbers.size());
  EXPECT(kept.MergeInto(ready) == 64);
}

}  // namespace

int main() {
  EventsAreBitsOfPoll();
  WhatIsReadyIsAPairEach();
  WhatIsHiddenIsNotReady();
  WhatLookingConsumesIsKept();
  WhatIsNoLongerWatchedIsNotKept();
  ALoopDoesNotLookAtWhatThatConsumes();
  KeepingNeedsNoMemory();
}
