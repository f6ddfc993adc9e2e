#ifndef DEVPOLL_EMULATION_TEST_SET_H_
#define DEVPOLL_EMULATION_TEST_SET_H_

#include <fcntl.h>
#include <poll.h>
#include <sys/devpoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <vector>

// What the expectations of strictness.cc are made of.
inline int failures = 0;

#define EXPECT(condition)                                                   \
  do {                                                                      \
    if (!(condition)) {                                                     \
      failures++;                                                           \
      std::printf("line %d: %s (errno %d)\n", __LINE__, #condition, errno); \
    }                                                                       \
  } while (0)

// A call that fails with one error.
#define EXPECT_ERROR(error, call) EXPECT((errno = 0, (call) == -1 && errno == (error)))

struct Pipe {
  Pipe() {
    if (::pipe(ends) < 0) failures++;
  }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  int reader() const { return ends[0]; }
  int writer() const { return ends[1]; }
  int ends[2];
};

struct Set {
  Set() : fd(::open("/dev/poll", O_RDWR | O_CLOEXEC)) {}
  ~Set() { ::close(fd); }

  ssize_t Write(std::vector<pollfd> changes) const {
    return ::write(fd, changes.data(), changes.size() * sizeof(pollfd));
  }

  int Poll(std::vector<pollfd>& answers, int timeout = 0) const {
    dvpoll request = {answers.data(), answers.size(), timeout, nullptr};
    return ::ioctl(fd, DP_POLL, &request);
  }

  // The events of a descriptor that is in the set, or -1.
  int EventsOf(int watched) const {
    pollfd polled = {watched, 0, 0};
    return ::ioctl(fd, DP_ISPOLLED, &polled) == 1 ? polled.revents : -1;
  }

  int fd;
};

#endif  // DEVPOLL_EMULATION_TEST_SET_H_
