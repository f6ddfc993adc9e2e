// Opens descriptors and becomes another program, which inherits them: all contenders of a case have the very same.
//
//   descriptors sockets COUNT READY FIRST program...  COUNT sockets, numbered from FIRST on, READY of them with a byte to read
//   descriptors pairs COUNT program...                COUNT connected pairs, numbered from 3 on
//   descriptors echo MICROSECONDS program...          3: another process replies to each byte sent to it, after that time,
//                                                     by the time at which that was, in 8 bytes
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

// What a careless parent left open would be in the way.
static void CloseAll(void) {
  for (int fd = 3; fd < 1024; fd++) close(fd);
}

static void AllowMany(void) {
  struct rlimit limit;
  Check(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  Check(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

static int OpenSocket(void) {
  int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
  Check(fd >= 0, "socket");
  return fd;
}

// Gives a descriptor the number that it is to have.
static void Place(int fd, int number) {
  if (fd == number) return;
  Check(dup2(fd, number) == number, "dup2");
  close(fd);
}

static void SendByteTo(int receiver) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  socklen_t size = sizeof(address);
  // The system chooses a name for an address that has none.
  Check(bind(receiver, (struct sockaddr*)&address, offsetof(struct sockaddr_un, sun_path)) == 0, "bind");
  Check(getsockname(receiver, (struct sockaddr*)&address, &size) == 0, "getsockname");
  int sender = OpenSocket();
  Check(sendto(sender, "!", 1, 0, (struct sockaddr*)&address, size) == 1, "sendto");
  close(sender);
}

static void OpenSockets(int count, int ready, int first) {
  for (int i = 0; i < count; i++) Place(OpenSocket(), first + i);
  for (int i = 0; i < ready; i++) SendByteTo(first + (int)((long)i * count / ready));
}

static void OpenPairs(int count) {
  for (int i = 0; i < count; i++) {
    int ends[2];
    Check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "socketpair");
  }
}

static void Echo(int end, long microseconds) {
  struct timespec delay = {0, microseconds * 1000};
  char byte;
  while (read(end, &byte, 1) == 1) {
    if (microseconds > 0) nanosleep(&delay, NULL);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t time = now.tv_sec * 1000000000LL + now.tv_nsec;
    if (write(end, &time, sizeof(time)) != sizeof(time)) break;
  }
}

// The other process ends when nothing holds the contender's end any more.
static void StartEcho(long microseconds) {
  int ends[2];
  Check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "socketpair");
  pid_t child = fork();
  Check(child >= 0, "fork");
  if (child == 0) {
    signal(SIGPIPE, SIG_IGN);
    // The harness waits until nothing holds the contender's streams any more.
    for (int fd = 0; fd < 4; fd++) close(fd);
    Echo(ends[1], microseconds);
    _exit(0);
  }
  close(ends[1]);
}

int main(int argc, char** argv) {
  (void)argc;
  CloseAll();
  AllowMany();
  char** program = argv + 1;
  const char* kind = *program++;
  if (strcmp(kind, "sockets") == 0) {
    OpenSockets(atoi(program[0]), atoi(program[1]), atoi(program[2]));
    program += 3;
  } else if (strcmp(kind, "pairs") == 0) {
    OpenPairs(atoi(*program++));
  } else {
    StartEcho(atol(*program++));
  }
  execvp(*program, program);
  Check(0, *program);
}
