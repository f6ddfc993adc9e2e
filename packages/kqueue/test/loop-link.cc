// Links queues to a queue that stands for an event loop's; prints each expectation that fails.
#include <sys/event.h>
#include <unistd.h>

#include <cstdio>

#include "selectors/internal/loop_link.h"

namespace {

int failures = 0;

void Expect(bool holds, const char* what) {
  if (holds) return;
  failures++;
  std::printf("%s\n", what);
}

void Watch(int queue, int fd) {
  struct kevent change = {};
  change.ident = static_cast<decltype(change.ident)>(fd);
  change.filter = EVFILT_READ;
  change.flags = EV_ADD;
  Expect(::kevent(queue, &change, 1, nullptr, 0, nullptr) == 0, "a pipe is refused");
}

int CountOf(int queue) {
  struct kevent events[2];
  const timespec no_wait = {};
  return ::kevent(queue, nullptr, 0, events, 2, &no_wait);
}

}  // namespace

int main() {
  const int loop = ::kqueue();
  const int queue = ::kqueue();
  int ends[2];
  Expect(::pipe(ends) == 0, "there is no pipe");
  Watch(queue, ends[0]);

  Expect(selectors::LinkToLoop(loop, queue) == 0, "a queue is refused");
  Expect(selectors::LinkToLoop(loop, queue) == 0, "a queue that is there already is refused");
  Expect(CountOf(loop) == 0, "the loop finds what is not ready");
  Expect(::write(ends[1], "x", 1) == 1, "the pipe is full");
  Expect(CountOf(loop) == 1, "the loop does not find what is ready");

  Expect(selectors::LinkToLoop(loop, loop) == -EINVAL, "a refusal is not told");
  ::close(queue);
  Expect(selectors::LinkToLoop(loop, queue) == -EBADF, "a queue that is closed is linked");
  return failures == 0 ? 0 : 1;
}
