#ifndef SELECTORS_WAKE_H_
#define SELECTORS_WAKE_H_

#include <algorithm>
#include <atomic>
#include <mutex>

#include "selectors/memory.h"
#include "selectors/wake_fd.h"
#include "selectors/wake_table.h"

namespace selectors {

// Ends the waits of one backend object: its descriptor is watched by the object, and never reported.
class Wake {
 public:
  Wake() = default;
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  ~Wake();

  int Open() { return fd_.Open(); }
  int fd() const { return fd_.get(); }
  int Lost() const { return fd_.Lost(); }

  // Ends the current waits, or else the next one: once, however often it is called meanwhile. From any thread.
  void Signal() {
    if (!pending_.exchange(true)) fd_.Raise();
  }

  // Before a blocking wait while an asynchronous one goes on: it is not ended by what is only owed to that any more.
  void Suspend() {
    if (!owed_) return;
    fd_.Lower();
    if (pending_) fd_.Raise();
  }

  // Says whether Signal() was called since the last time, in the thread that waits. If an asynchronous wait goes on, which the
  // caller is not, it is ended too, whatever is taken before it looks.
  bool Take(bool leaves_owed) {
    // Lowered first: a Signal() that comes in between raises it again, at worst for nothing.
    fd_.Lower();
    const bool pending = pending_.exchange(false);
    const bool owed = owed_;
    owed_ = leaves_owed && (pending || owed);
    return pending || (owed && !leaves_owed);
  }

  // After a blocking wait.
  void Restore() {
    if (owed_) fd_.Raise();
  }

  // The asynchronous wait is over. What only it was to be ended by has ended a blocking one already.
  void Forgive() { owed_ = false; }

  // Something is to be ended.
  bool signalled() const { return pending_ || owed_; }

  // Ends the wait that a helper thread is in, and is forgotten by Calm().
  void Poke() { fd_.Raise(); }

  void Calm() {
    fd_.Lower();
    // A Signal() may have come before or in the middle.
    if (signalled()) fd_.Raise();
  }

  // A number under which any thread finds this object for as long as it lives; 0 where there is no memory.
  double Publish();

 private:
  WakeFd fd_;
  // Signal() was called, and no wait has taken it.
  std::atomic<bool> pending_ = false;
  // A blocking wait took it while an asynchronous one went on, which is to be ended as well.
  std::atomic<bool> owed_ = false;
  double token_ = 0;
};

// Finds the wakes of all threads by their tokens, which are given out once. The only thing that threads share.
class PublishedWakes {
 public:
  static PublishedWakes& Instance() {
    static PublishedWakes instance;
    return instance;
  }

  double Add(Wake* wake) {
    std::lock_guard<Lock> guard(table_.lock);
    return wakes_.Push({table_.last + 1, wake}) ? ++table_.last : 0;
  }

  void Remove(double token) {
    std::lock_guard<Lock> guard(table_.lock);
    if (Published* published = Find(token)) wakes_.Erase(published);
  }

  // Answers whether there is still one: of this copy of the package, or of another one.
  bool Signal(double token) {
    // Until after the call, so that it is not destroyed meanwhile.
    std::lock_guard<Lock> guard(table_.lock);
    if (SignalOwn(token)) return true;
    for (WakeCopy* copy = table_.first; copy != nullptr; copy = copy->next) {
      if (copy != &copy_ && copy->signal(token)) return true;
    }
    return false;
  }

 private:
  // It stays in the table, and so it has to stay loaded.
  PublishedWakes() : table_(WakeTableOfProcess()) {
    StayLoaded(&copy_);
    std::lock_guard<Lock> guard(table_.lock);
    copy_.next = table_.first;
    table_.first = &copy_;
  }

  bool SignalOwn(double token) {
    Published* published = Find(token);
    if (published) published->wake->Signal();
    return published != nullptr;
  }

  struct Published {
    double token;
    Wake* wake;
  };

  Published* Find(double token) {
    const auto is_lower = [](const Published& published, double than) { return published.token < than; };
    Published* place = std::lower_bound(wakes_.begin(), wakes_.end(), token, is_lower);
    return place != wakes_.end() && place->token == token ? place : nullptr;
  }

  WakeTable& table_;
  WakeCopy copy_ = {[](double token) { return Instance().SignalOwn(token); }, nullptr};
  // In ascending order, as the tokens are given out.
  List<Published> wakes_;
};

inline Wake::~Wake() {
  if (token_ != 0) PublishedWakes::Instance().Remove(token_);
}

inline double Wake::Publish() {
  if (token_ == 0) token_ = PublishedWakes::Instance().Add(this);
  return token_;
}

}  // namespace selectors

#endif  // SELECTORS_WAKE_H_
