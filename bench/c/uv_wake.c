// uv_wake THREADS MEASURE: waits for replies in libuv's loop, see wakes.h.
#include "uv_poll.h"
#include "wakes.h"

static int64_t latency;

static void OnReady(uv_poll_t* handle, int status, int events) {
  int64_t woken = Now();
  (void)handle, (void)events;
  Check(status == 0, "uv_poll_t");
  latency = woken - ReceiveTime();
}

static int64_t Ask(void) {
  Question();
  uv_run(uv_default_loop(), UV_RUN_ONCE);
  return latency;
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  Watch(kEnd, OnReady, NULL);
  return AnswerWakes(argv[2]);
}
