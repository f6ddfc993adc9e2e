#ifndef NESTING_H_
#define NESTING_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <cerrno>
#include <cstdint>
#include <mutex>

#include "selectors/internal/lock.h"
#include "selectors/memory.h"

// A queue, and which others it watches, so that none watches itself through others. The systems do not see to that: NetBSD and
// DragonFly take a queue into itself, and hang; macOS compares levels, which those in a cycle may have in common. Only the queues
// of this binding are known: a program that makes queues by other means has to see to it by itself.
class Nesting {
 public:
  Nesting() = default;
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { Leave(); }

  void Join(int queue) {
    std::lock_guard<selectors::Lock> guard(Table().lock);
    queue_ = queue;
    next_ = Table().first;
    Table().first = this;
  }

  // Before the queue is closed. May be called twice.
  void Leave() {
    std::lock_guard<selectors::Lock> guard(Table().lock);
    if (queue_ < 0) return;
    queue_ = -1;
    for (Nesting** at = &Table().first; *at != nullptr;) {
      if (*at == this) {
        *at = next_;
        continue;
      }
      (*at)->Forget([this](const Inner& inner) { return inner.queue == this; });
      at = &(*at)->next_;
    }
  }

  // Notes that it is about to watch the queue of a descriptor. -EINVAL if that is this queue itself, -ELOOP if that watches this one.
  int Watch(int fd) {
    std::lock_guard<selectors::Lock> guard(Table().lock);
    const Nesting* inner = Find(fd);
    if (inner == nullptr) return 0;
    if (inner == this) return -EINVAL;
    if (inner->Reaches(this)) return -ELOOP;
    return inner_.Push({fd, inner}) ? 0 : -ENOMEM;
  }

  // Does nothing if the descriptor is not a queue's.
  void Unwatch(int fd) {
    // No other thread adds to it.
    if (inner_.empty()) return;
    std::lock_guard<selectors::Lock> guard(Table().lock);
    Forget([fd](const Inner& inner) { return inner.fd == fd; });
  }

 private:
  struct Inner {
    int fd;
    const Nesting* queue;
  };

  // All queues of this binding, in all threads. Never destroyed: threads may outlive the end of the main one.
  struct Queues {
    selectors::Lock lock;
    Nesting* first = nullptr;
  };

  static Queues& Table() {
    static Queues queues;
    return queues;
  }

  static const Nesting* Find(int fd) {
    const Nesting* queue = Table().first;
    while (queue != nullptr && queue->queue_ != fd) queue = queue->next_;
    if (queue != nullptr) return queue;
    for (queue = Table().first; queue != nullptr; queue = queue->next_) {
      if (queue->IsAlso(fd)) return queue;
    }
    return nullptr;
  }

  // Whether another descriptor is one of this queue: then what is added through the one can be deleted through the other. A timer that
  // does not run does no harm meanwhile.
  bool IsAlso(int fd) const {
    struct kevent timer = {};
    timer.ident = reinterpret_cast<uintptr_t>(this);
    timer.filter = EVFILT_TIMER;
    timer.flags = EV_ADD | EV_DISABLE;
    timer.data = 3'600'000;
    const timespec no_wait = {};
    if (::kevent(queue_, &timer, 1, nullptr, 0, &no_wait) < 0) return false;
    timer.flags = EV_DELETE;
    if (::kevent(fd, &timer, 1, nullptr, 0, &no_wait) == 0) return true;
    ::kevent(queue_, &timer, 1, nullptr, 0, &no_wait);
    return false;
  }

  bool Reaches(const Nesting* other) const {
    for (const Inner& inner : inner_) {
      if (inner.queue == other || inner.queue->Reaches(other)) return true;
    }
    return false;
  }

  template <class Is>
  void Forget(Is is) {
    for (size_t i = inner_.size(); i-- > 0;) {
      if (is(inner_[i])) inner_.Erase(&inner_[i]);
    }
  }

  int queue_ = -1;
  Nesting* next_ = nullptr;
  selectors::List<Inner> inner_;
};

#endif  // NESTING_H_
