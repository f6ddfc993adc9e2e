// Shows how the emulated poll(2) and select(2) differ from Linux's, as a program that is linked with --wrap: prints each expectation
// that fails. Its argument is the system.
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <ctime>
#include <initializer_list>

namespace {

int failures = 0;

#define EXPECT(condition)                                 \
  do {                                                    \
    if (!(condition)) {                                   \
      failures++;                                         \
      std::printf("line %d: %s\n", __LINE__, #condition); \
    }                                                     \
  } while (0)

struct Pipe {
  Pipe() {
    if (::pipe(ends) < 0) failures++;
  }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  int ends[2];
};

// What poll(2) says of one descriptor.
int Revents(int fd, short events, int timeout = 0) {
  pollfd polled = {fd, events, 0};
  const int count = ::poll(&polled, 1, timeout);
  EXPECT(count == (polled.revents != 0));
  return polled.revents;
}

int ReventsOf(const char* path, short events) {
  const int fd = ::open(path, O_RDONLY | O_NONBLOCK);
  const int revents = Revents(fd, events);
  ::close(fd);
  return revents;
}

template <class Wait>
long Milliseconds(Wait wait) {
  timespec start = {}, end = {};
  ::clock_gettime(CLOCK_MONOTONIC, &start);
  wait();
  ::clock_gettime(CLOCK_MONOTONIC, &end);
  return (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1'000'000;
}

void RefusesDevices() {
  for (const char* path : {"/dev/null", "/dev/zero", "/dev/random", "/"}) EXPECT(ReventsOf(path, POLLIN) == POLLNVAL);
  EXPECT(ReventsOf("/proc/self/exe", POLLIN) == POLLIN);
  // Nothing is asked for that there are notes for.
  EXPECT(ReventsOf("/dev/null", POLLERR) == 0);
}

void MakesHangUpsOfErrors() {
  Pipe pipe;
  EXPECT(Revents(pipe.ends[1], POLLOUT) == POLLOUT);
  ::close(pipe.ends[0]);
  EXPECT(Revents(pipe.ends[1], POLLOUT) == POLLHUP);
  EXPECT(Revents(pipe.ends[1], 0) == 0);
}

void SpendsNotes() {
  Pipe pipe;
  EXPECT(::write(pipe.ends[1], "x", 1) == 1);
  EXPECT(Revents(pipe.ends[0], POLLIN | POLLHUP) == POLLIN);
  EXPECT(Milliseconds([&] { EXPECT(Revents(pipe.ends[0], POLLHUP, 20) == 0); }) >= 20);
  ::close(pipe.ends[1]);
  EXPECT(Revents(pipe.ends[0], POLLHUP) == POLLHUP);
}

void CountsBytesOfFifos() {
  char directory[] = "/tmp/selectors-XXXXXX";
  EXPECT(::mkdtemp(directory) != nullptr);
  char path[64];
  std::snprintf(path, sizeof path, "%s/fifo", directory);
  EXPECT(::mkfifo(path, 0600) == 0);
  const int reader = ::open(path, O_RDONLY | O_NONBLOCK);
  const int writer = ::open(path, O_WRONLY | O_NONBLOCK);
  EXPECT(::write(writer, "x", 1) == 1);
  EXPECT(Revents(reader, POLLIN) == POLLIN);
  EXPECT(Revents(writer, POLLIN) == POLLIN);
  char buffer[2];
  EXPECT(::read(reader, buffer, 2) == 1);
  ::close(writer);
  EXPECT(Revents(reader, POLLIN, 20) == 0);
  ::close(reader);
  ::unlink(path);
  ::rmdir(directory);
}

void FindsReadersWritable() {
  Pipe pipe;
  fd_set writers;
  FD_ZERO(&writers);
  FD_SET(pipe.ends[0], &writers);
  const timespec time = {1, 0};
  EXPECT(::pselect(pipe.ends[1] + 1, nullptr, &writers, nullptr, &time, nullptr) == 1);
  EXPECT(FD_ISSET(pipe.ends[0], &writers));
}

void TellsPaths() {
  char path[1024];
  Pipe pipe;
  EXPECT(::fcntl(pipe.ends[0], 50, path) == -1);
  const int fd = ::open("/proc/self", O_RDONLY);
  EXPECT(::fcntl(fd, 50, path) == 0 && std::strncmp(path, "/proc/", 6) == 0);
  ::close(fd);
}

void Ticks() {
  const timespec time = {0, 200'000};
  EXPECT(Milliseconds([] { ::poll(nullptr, 0, 1); }) >= 20);
  EXPECT(Milliseconds([&] { ::ppoll(nullptr, 0, &time, nullptr); }) >= 20);
  EXPECT(Milliseconds([&] { ::pselect(0, nullptr, nullptr, nullptr, &time, nullptr); }) >= 20);
  const timespec none = {};
  EXPECT(::ppoll(nullptr, 0, &none, nullptr) == 0);
}

}  // namespace

int main(int, char** arguments) {
  if (std::strcmp(arguments[1], "openbsd") == 0) {
    Ticks();
  } else {
    RefusesDevices();
    MakesHangUpsOfErrors();
    SpendsNotes();
    CountsBytesOfFifos();
    FindsReadersWritable();
    TellsPaths();
  }
  return failures == 0 ? 0 : 1;
}
