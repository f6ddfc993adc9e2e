// flood PORT CONNECTIONS REQUESTS SECONDS: sends HTTP requests to a server of this machine, the next on each of some connections as soon as
// the reply to the last has come. After so many requests a connection is reset and made again; 0: it is kept. Prints how many replies came
// in a second, and how many percent of them the busiest of the server's workers sent: the last byte of a reply says which one it was.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "rounds.h"

enum { kMostConnections = 1000, kBillion = 1000000000 };

static const char kRequest[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

static struct pollfd connections[kMostConnections];
static int requests[kMostConnections];
static long replies[256];

static void Send(int i) {
  Check(send(connections[i].fd, kRequest, sizeof(kRequest) - 1, 0) > 0, "send");
}

static void Connect(int i, int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  connections[i] = (struct pollfd){.fd = socket(AF_INET, SOCK_STREAM, 0), .events = POLLIN};
  Check(connect(connections[i].fd, (struct sockaddr*)&address, sizeof(address)) == 0, "connect");
  requests[i] = 0;
  Send(i);
}

// Otherwise the ports of closed connections would be used up within a second.
static void Reset(int fd) {
  struct linger at_once = {.l_onoff = 1};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  close(fd);
}

static void Receive(int i, int port, int most) {
  unsigned char response[4096];
  ssize_t size = recv(connections[i].fd, response, sizeof(response), 0);
  Check(size > 0, "recv");
  replies[response[size - 1]]++;
  if (++requests[i] != most) {
    Send(i);
  } else {
    Reset(connections[i].fd);
    Connect(i, port);
  }
}

int main(int argc, char** argv) {
  (void)argc;
  int port = atoi(argv[1]);
  int size = atoi(argv[2]);
  int most = atoi(argv[3]);
  int64_t start = Now();
  int64_t end = start + atof(argv[4]) * kBillion;
  for (int i = 0; i < size; i++) Connect(i, port);
  // Longer on a busy machine, until there is a reply.
  long count = 0;
  while (Now() < end || count == 0) {
    Check(poll(connections, size, -1) > 0, "poll");
    for (int i = 0; i < size; i++) {
      if (connections[i].revents == 0) continue;
      Receive(i, port, most);
      count++;
    }
  }
  double seconds = (double)(Now() - start) / kBillion;
  long busiest = 0;
  for (int worker = 0; worker < 256; worker++) {
    if (replies[worker] > busiest) busiest = replies[worker];
  }
  printf("%f %f\n", count / seconds, 100.0 * busiest / count);
}
