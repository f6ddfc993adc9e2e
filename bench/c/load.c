// load PORT CONNECTIONS RATE SECONDS: sends HTTP requests to a server of this machine at a fixed rate, in turn on each of some connections,
// whether it keeps up or not. Prints how long a request took at the median, at 99 % and at 99.9 %, in nanoseconds, from the moment when
// it was due: what waits for a slow reply before it counts too.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "rounds.h"

enum { kMostConnections = 1000, kBillion = 1000000000 };

static const char kRequest[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

static struct pollfd connections[kMostConnections];
static int64_t due[kMostConnections];
static int is_busy[kMostConnections];

static int64_t* latencies;
static long count;

static int Connect(int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  Check(connect(fd, (struct sockaddr*)&address, sizeof(address)) == 0, "connect");
  return fd;
}

static void Send(int i) {
  Check(send(connections[i].fd, kRequest, sizeof(kRequest) - 1, 0) > 0, "send");
  is_busy[i] = 1;
}

static void Receive(int i, int64_t period) {
  char response[4096];
  Check(recv(connections[i].fd, response, sizeof(response), 0) > 0, "recv");
  latencies[count++] = Now() - due[i];
  is_busy[i] = 0;
  due[i] += period;
}

static int Compare(const void* left, const void* right) {
  int64_t difference = *(const int64_t*)left - *(const int64_t*)right;
  return (difference > 0) - (difference < 0);
}

int main(int argc, char** argv) {
  (void)argc;
  int size = atoi(argv[2]);
  int64_t rate = atoi(argv[3]);
  double seconds = atof(argv[4]);
  int64_t period = size * (int64_t)kBillion / rate;
  latencies = calloc(rate * seconds + size, sizeof(*latencies));
  for (int i = 0; i < size; i++) connections[i] = (struct pollfd){.fd = Connect(atoi(argv[1])), .events = POLLIN};
  int64_t start = Now();
  for (int i = 0; i < size; i++) due[i] = start + i * period / size;
  int64_t end = start + seconds * kBillion;
  for (int64_t now = start; now < end; now = Now()) {
    int64_t next = end;
    for (int i = 0; i < size; i++) {
      if (!is_busy[i] && due[i] <= now) Send(i);
      if (!is_busy[i] && due[i] < next) next = due[i];
    }
    struct timespec pause = {(next - now) / kBillion, (next - now) % kBillion};
    if (ppoll(connections, size, &pause, NULL) <= 0) continue;
    for (int i = 0; i < size; i++) {
      if (connections[i].revents != 0) Receive(i, period);
    }
  }
  Check(count > 0, "no reply");
  qsort(latencies, count, sizeof(*latencies), Compare);
  const double shares[] = {0.5, 0.99, 0.999};
  for (int i = 0; i < 3; i++) printf("%ld ", (long)latencies[(long)(shares[i] * (count - 1))]);
  putchar('\n');
}
