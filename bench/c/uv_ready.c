// uv_ready THREADS COUNT READY FIRST: a pass is a turn of libuv's loop that does not wait, over COUNT descriptors from number FIRST on.
#include "rounds.h"
#include "uv_poll.h"

static int visited;
static int expected;

static void OnReady(uv_poll_t* handle, int status, int events) {
  (void)handle, (void)events;
  Check(status == 0, "uv_poll_t");
  visited++;
}

static void Pass(void) {
  visited = 0;
  uv_run(uv_default_loop(), UV_RUN_NOWAIT);
  Check(visited == expected, "uv_run");
}

static double Round(long passes) {
  return TimePasses(passes, Pass);
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  int count = atoi(argv[2]);
  expected = atoi(argv[3]);
  int first = atoi(argv[4]);
  for (int fd = first; fd < first + count; fd++) Watch(fd, OnReady, NULL);
  return AnswerRounds(Round);
}
