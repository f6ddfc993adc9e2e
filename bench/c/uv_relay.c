// uv_relay THREADS PAIRS ACTIVE: the benchmark of libevent, see relay.c.
#include <sys/socket.h>

#include "rounds.h"
#include "uv_poll.h"

enum { kFirst = 3, kMostPairs = 10000 };

// Where what is read goes.
struct Station {
  int reader;
  int next;
};

static struct Station stations[kMostPairs];

static int Reader(int pair) {
  return kFirst + 2 * pair;
}
static int Writer(int pair) {
  return kFirst + 2 * pair + 1;
}

static void OnReady(uv_poll_t* handle, int status, int events) {
  (void)events;
  Check(status == 0, "uv_poll_t");
  const struct Station* station = uv_handle_get_data((uv_handle_t*)handle);
  char byte;
  Check(recv(station->reader, &byte, 1, 0) == 1, "recv");
  Check(send(station->next, &byte, 1, 0) == 1, "send");
}

static void Pass(void) {
  uv_run(uv_default_loop(), UV_RUN_ONCE);
}

static double Round(long passes) {
  return TimePasses(passes, Pass);
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  int pairs = atoi(argv[2]);
  int active = atoi(argv[3]);
  for (int i = 0; i < pairs; i++) {
    stations[i] = (struct Station){Reader(i), Writer((i + 1) % pairs)};
    Watch(Reader(i), OnReady, &stations[i]);
  }
  for (int i = 0; i < active; i++) Check(send(Writer((long)i * pairs / active), "!", 1, 0) == 1, "send");
  return AnswerRounds(Round);
}
