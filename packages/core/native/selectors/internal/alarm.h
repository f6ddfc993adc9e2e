#ifndef SELECTORS_INTERNAL_ALARM_H_
#define SELECTORS_INTERNAL_ALARM_H_

namespace selectors {

// What an event loop may be asked for, see native-poller.ts. On Windows nothing.
constexpr int kLoopTellsOfItsTurns = 1;
constexpr int kLoopPollsTheQueue = 2;
constexpr int kLoopCanBeWatched = 4;

// Goes off for a backend object without blocking the thread: once armed, it calls back one time from the event loop, as soon as
// a Wait() that takes no time would find something. It may also call back when nothing is ready.
class Alarm {
 public:
  virtual ~Alarm() = default;

  // 0, or -errno. No effect if it is armed already. If it is allowed to look first, 1 says that something would be found at once: it
  // is armed, but leaves calling back to the caller.
  virtual int Arm(bool may_look) = 0;
  virtual void Disarm() = 0;
  virtual bool IsArmed() const = 0;

  // Whether this keeps the thread's event loop alive while it is armed, as it does at first.
  virtual void KeepAlive(bool on) = 0;

  // From Pause() to Resume() no other thread is in the backend object.
  virtual void Pause() {}
  virtual void Resume() {}

  // Ends it: it no longer calls back, and the backend object may be destroyed. May be called twice.
  virtual void Stop() = 0;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_ALARM_H_
