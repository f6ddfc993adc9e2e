// A backend object in a thread whose event loop runs when a test says so.
#ifndef SELECTOR_H_
#define SELECTOR_H_

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "expect.h"
#include "selectors/internal/poller.h"

// The loop releases what has ended.
inline void Deliver(napi_env env) {
  for (FakeFunction* function : Released()) {
    function->finalize(env, nullptr, function->context);
    delete function;
  }
  Released().clear();
}

// Whether something came to be in the meantime.
template <class Is>
bool WaitUntil(Is is, std::chrono::milliseconds longest) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (!is() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::microseconds(50));
  return is();
}

template <class Backend>
class Selector {
 public:
  Selector() {
    object_.Open(false, -1);
    object_.SetReady(selectors::ReadyList(numbers_, 8));
    EXPECT(object_.SetAlarm(&env_, selectors::Make<selectors::Callback>(&env_, nullptr), 1) == 0);
    turns_ = selectors::LoopTurns::last();
    function_ = Made();
    EXPECT(object_.Publish(token_) == 0);
  }

  selectors::Poller<Backend>& operator*() { return object_; }
  double token() const { return token_; }
  int calls() const { return env_.calls; }
  bool keeps_alive() const { return function_->keeps_alive; }
  bool hears_of_turns() const { return turns_->has_listener(); }

  // The two halves of a turn of the loop.
  void Sleep() { turns_->Sleep(); }
  void Run() {
    turns_->Run();
    Post();
  }

  // A turn of the loop, in which it sleeps for a while at most.
  void Turn(std::chrono::milliseconds longest) {
    Sleep();
    WaitUntil([this] { return HasPosts(); }, longest);
    Run();
  }

  // Whether the helper thread has told that it found something.
  bool HasPosts() {
    std::lock_guard<std::mutex> guard(function_->mutex);
    return function_->posts > 0;
  }

  int Look() {
    return object_.Wait(0, [] { return true; });
  }

 private:
  void Post() {
    int posts = 0;
    {
      std::lock_guard<std::mutex> guard(function_->mutex);
      posts = std::exchange(function_->posts, 0);
    }
    for (; posts > 0; posts--) function_->call(&env_, nullptr, function_->context, nullptr);
  }

  FakeEnv env_;
  int32_t numbers_[8];
  selectors::Poller<Backend> object_;
  std::shared_ptr<selectors::LoopTurns> turns_;
  FakeFunction* function_ = nullptr;
  double token_ = 0;
};

#endif  // SELECTOR_H_
