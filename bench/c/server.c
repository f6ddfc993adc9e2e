// server THREADS: sends the same response to each HTTP request on a kept connection. Prints `ready` and its port.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "rounds.h"

static const char kResponse[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!";

static int epoll;

static int Listen(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof(address);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  Check(bind(listener, (struct sockaddr*)&address, size) == 0, "bind");
  Check(listen(listener, SOMAXCONN) == 0, "listen");
  Check(getsockname(listener, (struct sockaddr*)&address, &size) == 0, "getsockname");
  printf("ready %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

static void Watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  Check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

static void Accept(int listener) {
  int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (connection >= 0) Watch(connection);
}

static void Serve(int connection) {
  char request[4096];
  ssize_t size = recv(connection, request, sizeof(request), 0);
  if (size <= 0) {
    close(connection);
  } else if (size >= 4 && memcmp(request + size - 4, "\r\n\r\n", 4) == 0) {
    send(connection, kResponse, sizeof(kResponse) - 1, MSG_NOSIGNAL);
  }
}

int main(int argc, char** argv) {
  (void)argc;
  StartThreads(argv[1]);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  int listener = Listen();
  Watch(listener);
  for (;;) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd == listener) Accept(listener);
      else Serve(events[i].data.fd);
    }
  }
}
