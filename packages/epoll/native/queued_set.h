#ifndef QUEUED_SET_H_
#define QUEUED_SET_H_

#include "epoll_set.h"
#include "interest.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/internal/open_apart.h"
#include "selectors/memory.h"

// A set that can be rebuilt, and a queue around it: a second epoll, made on first use, which holds nothing but the set. Code that
// waits for the queue goes on doing so when the set is rebuilt.
class QueuedSet : public EpollSet {
 public:
  // The queue's descriptor, or -1 if there is no queue.
  int queue() const { return queue_.fd(); }

  // Makes the queue if there is none, under no number of an interest; returns its descriptor.
  int OpenQueue(selectors::FdTable<Interest>& interests) {
    if (queue_.fd() >= 0) return queue_.fd();
    selectors::Owned<EpollSet> queue;
    int result = OpenApart(queue, interests);
    if (result == 0) result = queue->Add(fd(), {selectors::kEventRead, 0});
    if (result < 0) return result;
    queue_.TakeOver(*queue);
    return queue_.fd();
  }

  // Makes a new set of the beacon, if there is one, and of the live interests: those that the old set finds under their
  // descriptors. A descriptor that was closed while registered is not among them, even if its number belongs to another file by
  // now.
  int Rebuild(selectors::FdTable<Interest>& interests, int beacon) {
    selectors::Owned<EpollSet> set;
    int result = OpenApart(set, interests);
    if (result == 0 && beacon >= 0) result = set->Add(beacon, {selectors::kEventRead, Interest::kBeacon});
    interests.ForEach([&](int number, const Interest& interest) {
      if (result < 0) return;
      result = Has(number);
      if (result == 1) result = set->Add(number, interest);
    });
    if (result == 0 && queue_.fd() >= 0) result = Requeue(*set);
    if (result == 0) TakeOver(*set);
    return result;
  }

  void Close() {
    queue_.Close();
    EpollSet::Close();
  }

  // The descriptor that other code has closed, or -1.
  int Lost() const {
    if (fd() >= 0 && IsLost()) return fd();
    return queue_.fd() >= 0 && queue_.IsLost() ? queue_.fd() : -1;
  }

 private:
  // One goes before the other comes: the kernel limits by how many ways a file may wake who waits for the queue (path_limits in
  // fs/eventpoll.c), and each of its descriptors, in either set, is one.
  int Requeue(const EpollSet& set) {
    (void)queue_.Remove(fd());
    int result = queue_.Add(set.fd(), {selectors::kEventRead, 0});
    if (result < 0) (void)queue_.Add(fd(), {selectors::kEventRead, 0});
    return result;
  }

  static int OpenApart(selectors::Owned<EpollSet>& set, selectors::FdTable<Interest>& interests) {
    return selectors::OpenApart(set, [&](int number) { return interests.Find(number) != nullptr; });
  }

  EpollSet queue_;
};

#endif  // QUEUED_SET_H_
