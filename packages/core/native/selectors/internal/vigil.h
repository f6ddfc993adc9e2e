#ifndef SELECTORS_INTERNAL_VIGIL_H_
#define SELECTORS_INTERNAL_VIGIL_H_

#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/internal/kept.h"
#include "selectors/internal/loop_watch.h"
#include "selectors/internal/open_apart.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"

namespace selectors {

// How often one blocking wait has to ask whether its thread may go on.
//
// Other threads end this one through its event loop (worker.terminate() posts to it), which the blocked thread does not run. But that
// can be watched along with what is waited for, so a wait that goes on is told, and asks seldom: what V8 alone knows of (the timeout
// of node:vm, Ctrl+C in the REPL) has nothing to do with the loop. Where it cannot be watched, it is asked ever less often.
template <class Backend>
class Vigil {
 public:
  // `queue` is what the loop sleeps on, -1 if it cannot be watched.
  Vigil(Backend& backend, Kept& kept, int queue) : backend_(backend), kept_(kept), queue_(queue) {}
  Vigil(const Vigil&) = delete;
  Vigil& operator=(const Vigil&) = delete;
  ~Vigil() { End(); }

  Nanoseconds slice() const { return slice_.length(); }

  // After a slice in vain. Short waits do not get here, and cost no more than before.
  void GoOn() {
    if (state_ == State::kDue) state_ = Watch() ? State::kWatches : State::kBlind;
    if (state_ == State::kWatches) {
      slice_.Stretch();
    } else {
      slice_.Grow();
    }
  }

  // Takes the loop out of what a wait has found; returns whether it was there.
  bool Noticed(ReadyList& ready) {
    if (state_ != State::kWatches || !ready.Take(watch_->fd())) return false;
    if (!watch_->Lower()) End();
    return true;
  }

 private:
  // kDue becomes one of the others after the first slice. kWatches becomes kBlind when the loop tells no more.
  enum class State { kDue, kWatches, kBlind };

  // Refused where the loop polls the backend's own queue, or where that would nest them too deeply.
  bool Watch() {
    const auto is_taken = [this](int fd) { return kept_.Has(fd); };
    return queue_ >= 0 && OpenApart(watch_, is_taken) == 0 && watch_->Watch(queue_) == 0 && !is_taken(watch_->fd()) &&
           backend_.Add(watch_->fd(), kEventRead) == 0;
  }

  void End() {
    if (state_ != State::kWatches) return;
    backend_.Remove(watch_->fd());
    state_ = State::kBlind;
    slice_ = {};
  }

  Backend& backend_;
  Kept& kept_;
  const int queue_;
  Owned<LoopWatch> watch_;
  Slice slice_;
  State state_ = State::kDue;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_VIGIL_H_
