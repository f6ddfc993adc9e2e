#ifndef SELECTORS_INTERNAL_WAKEUP_H_
#define SELECTORS_INTERNAL_WAKEUP_H_

#include <algorithm>
#include <atomic>
#include <mutex>

#include "selectors/memory.h"
#include "selectors/internal/wake_fd.h"
#include "selectors/internal/wakeup_table.h"

namespace selectors {

// Ends the waits of one backend object. The object watches its descriptor and never reports it.
class Wakeup {
 public:
  Wakeup() = default;
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;
  ~Wakeup();

  int Open() { return fd_.Open(); }
  int fd() const { return fd_.get(); }
  int Lost() const { return fd_.Lost(); }
  template <class Is>
  bool HasAny(const Is& is) const {
    return fd_.HasAny(is);
  }

  // Ends the current waits, or else the next one: once, however often it is called before that. From any thread.
  void Wake() {
    if (!pending_.exchange(true)) fd_.Raise();
  }

  // Called before a blocking wait while an asynchronous one is pending, so that a wake-up that is now owed only to the latter
  // does not end it.
  void Suspend() {
    if (owed_) RaiseIfPending();
  }

  // Returns whether Wake() was called since the last time; for the thread that waits. If an asynchronous wait is pending, and is
  // not the caller, it is ended too, whatever is consumed before it looks.
  bool Take(bool leaves_owed) {
    // Lowered first: a Wake() that comes in between raises it again, at worst unnecessarily.
    fd_.Lower();
    const bool pending = pending_.exchange(false);
    const bool owed = owed_;
    owed_ = leaves_owed && (pending || owed);
    return pending || (owed && !leaves_owed);
  }

  // Called after a blocking wait.
  void Restore() {
    if (owed_) fd_.Raise();
  }

  // The asynchronous wait is over. A wake-up that was owed only to it has ended a blocking wait already, and nobody else is to see it.
  // No helper thread may be in the backend object.
  void Forgive() {
    if (owed_.exchange(false)) RaiseIfPending();
  }

  bool is_owed() const { return owed_; }

  // Whether a wait is to be ended.
  bool IsPending() const { return pending_ || owed_; }

  // Ends the wait that a helper thread is in; EndInterrupt() resets it.
  void Interrupt() { fd_.Raise(); }

  void EndInterrupt() {
    fd_.Lower();
    // A Wake() may have come before or in the middle.
    if (IsPending()) fd_.Raise();
  }

  // A number under which any thread finds this object for as long as it lives; 0 if there is no memory.
  double Publish();

 private:
  // Lowered first: a Wake() that comes in between raises it again, at worst unnecessarily.
  void RaiseIfPending() {
    fd_.Lower();
    if (pending_) fd_.Raise();
  }

  WakeFd fd_;
  // Two facts, not one state, because a blocking wait may run while an asynchronous one is pending.
  //
  //           Wake()  Take(false)  Take(true)                 Forgive()
  // pending_  true    false        false
  // owed_             false        true if either was true    false

  // Wake() was called, and no wait has consumed it.
  std::atomic<bool> pending_ = false;
  // A blocking wait consumed it while an asynchronous one was pending, which is to be ended as well.
  std::atomic<bool> owed_ = false;
  double token_ = 0;
};

// Finds the Wakeup objects of all threads by their tokens, which are never reused. The only thing that threads share.
class PublishedWakeups {
 public:
  static PublishedWakeups& Instance() {
    static PublishedWakeups instance;
    return instance;
  }

  double Add(Wakeup* wakeup) {
    std::lock_guard<Lock> guard(table_.lock);
    return wakeups_.Push({table_.last + 1, wakeup}) ? ++table_.last : 0;
  }

  void Remove(double token) {
    std::lock_guard<Lock> guard(table_.lock);
    if (Published* published = Find(token)) wakeups_.Erase(published);
  }

  // Returns whether the wakeup still exists, in this copy of the package or in another one.
  bool Wake(double token) {
    // Locked until after the call, so that it is not destroyed during it.
    std::lock_guard<Lock> guard(table_.lock);
    if (WakeOwn(token)) return true;
    for (WakeupCopy* copy = table_.first; copy != nullptr; copy = copy->next) {
      if (copy != &copy_ && copy->wake(token)) return true;
    }
    return false;
  }

 private:
  // It stays in the table, so it has to stay loaded.
  PublishedWakeups() : table_(WakeupTableOfProcess()) {
    StayLoaded(&copy_);
    std::lock_guard<Lock> guard(table_.lock);
    copy_.next = table_.first;
    table_.first = &copy_;
  }

  bool WakeOwn(double token) {
    Published* published = Find(token);
    if (published) published->wakeup->Wake();
    return published != nullptr;
  }

  struct Published {
    double token;
    Wakeup* wakeup;
  };

  Published* Find(double token) {
    const auto is_lower = [](const Published& published, double than) { return published.token < than; };
    Published* place = std::lower_bound(wakeups_.begin(), wakeups_.end(), token, is_lower);
    return place != wakeups_.end() && place->token == token ? place : nullptr;
  }

  WakeupTable& table_;
  WakeupCopy copy_ = {[](double token) { return Instance().WakeOwn(token); }, nullptr};
  // In ascending order, because tokens are given out in that order.
  List<Published> wakeups_;
};

inline Wakeup::~Wakeup() {
  if (token_ != 0) PublishedWakeups::Instance().Remove(token_);
}

inline double Wakeup::Publish() {
  if (token_ == 0) token_ = PublishedWakeups::Instance().Add(this);
  return token_;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_WAKEUP_H_
