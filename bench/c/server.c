// server THREADS [COUNT STEPS]: sends the same response to each HTTP request on a kept connection. Prints `ready` and its port. In COUNT
// threads, each with a listener of its own, whose number is the last byte of its responses; after so many steps of a computation.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "rounds.h"

enum { kMostThreads = 9 };

static _Thread_local char response[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!";
static _Thread_local int epoll;

static int listeners[kMostThreads];
static int steps;
// So that the compiler leaves the computation in.
static _Thread_local volatile uint32_t result;

// On any port, or on that of the first listener. Returns the port.
static in_port_t Listen(int* listener, in_port_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = port, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  *listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  Check(setsockopt(*listener, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int)) == 0, "setsockopt");
  Check(bind(*listener, (struct sockaddr*)&address, size) == 0, "bind");
  Check(listen(*listener, SOMAXCONN) == 0, "listen");
  Check(getsockname(*listener, (struct sockaddr*)&address, &size) == 0, "getsockname");
  return address.sin_port;
}

static void Watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  Check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

static void Accept(int listener) {
  int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (connection >= 0) Watch(connection);
}

static void Compute(void) {
  uint32_t value = 1;
  for (int i = 0; i < steps; i++) value = value * 1664525 + 1013904223;
  result = value;
}

static void Serve(int connection) {
  char request[4096];
  ssize_t size = recv(connection, request, sizeof(request), 0);
  if (size <= 0) {
    close(connection);
  } else if (size >= 4 && memcmp(request + size - 4, "\r\n\r\n", 4) == 0) {
    Compute();
    send(connection, response, sizeof(response) - 1, MSG_NOSIGNAL);
  }
}

static void* Run(void* own) {
  int listener = *(int*)own;
  response[sizeof(response) - 2] = '1' + ((int*)own - listeners);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  Watch(listener);
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd == listener) Accept(listener);
      else Serve(events[i].data.fd);
    }
  }
  return NULL;
}

int main(int argc, char** argv) {
  StartThreads(argv[1]);
  int count = argc > 2 ? atoi(argv[2]) : 1;
  steps = argc > 3 ? atoi(argv[3]) : 0;
  in_port_t port = 0;
  for (int i = 0; i < count; i++) port = Listen(&listeners[i], port);
  printf("ready %d\n", ntohs(port));
  fflush(stdout);
  pthread_t thread;
  for (int i = 1; i < count; i++) Check(pthread_create(&thread, NULL, Run, &listeners[i]) == 0, "pthread_create");
  Run(&listeners[0]);
}
