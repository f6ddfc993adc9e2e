// Shows that the emulation keeps to poll(7D), as a program that is linked with --wrap: prints each expectation that fails.
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <ctime>

#include "set.h"

namespace {

void AddsEvents() {
  Set set;
  Pipe pipe;
  EXPECT(set.Write({{pipe.reader(), POLLIN, 0}}) == sizeof(pollfd));
  EXPECT(set.Write({{pipe.reader(), POLLOUT, 0}}) == sizeof(pollfd));
  EXPECT(set.EventsOf(pipe.reader()) == (POLLIN | POLLOUT));
  EXPECT(set.Write({{pipe.reader(), POLLREMOVE | POLLIN, 0}}) == sizeof(pollfd));
  EXPECT(set.EventsOf(pipe.reader()) == (POLLIN | POLLOUT | POLLREMOVE));
  EXPECT(set.Write({{pipe.reader(), POLLREMOVE, 0}, {pipe.reader(), POLLOUT, 0}}) == 2 * sizeof(pollfd));
  EXPECT(set.EventsOf(pipe.reader()) == POLLOUT);
  EXPECT(set.Write({{pipe.reader(), POLLREMOVE, 0}}) == sizeof(pollfd));
  EXPECT(set.EventsOf(pipe.reader()) == -1);
}

void KeepsWhatWasNotOpen() {
  Set set;
  int fd = Pipe().reader();
  std::vector<pollfd> answers(4);
  EXPECT(set.Write({{fd, POLLIN | POLLOUT, 0}, {-1, POLLIN, 0}, {1 << 30, POLLIN, 0}}) == 3 * sizeof(pollfd));
  EXPECT(set.Poll(answers, 5) == 0);
  EXPECT(set.Write({{fd, POLLREMOVE, 0}}) == sizeof(pollfd));
  Pipe pipe;
  EXPECT(pipe.reader() == fd);
  EXPECT(set.Poll(answers) == 0);
  EXPECT(set.Write({{fd, POLLIN, 0}}) == sizeof(pollfd));
  EXPECT(set.EventsOf(fd) == (POLLIN | POLLOUT));
  EXPECT(set.Write({{fd, POLLREMOVE, 0}, {fd, POLLIN, 0}}) == 2 * sizeof(pollfd));
  EXPECT(set.EventsOf(fd) == POLLIN);
}

void ReportsWhatWasClosed() {
  Set set;
  std::vector<pollfd> answers(4);
  int fd;
  {
    Pipe pipe;
    fd = pipe.reader();
    EXPECT(set.Write({{fd, POLLIN, 0}}) == sizeof(pollfd));
    EXPECT(set.Poll(answers) == 0);
  }
  EXPECT(set.Poll(answers, -1) == 1);
  EXPECT(answers[0].fd == fd && answers[0].revents == POLLNVAL && answers[0].events != POLLIN);
  Pipe pipe;
  EXPECT(pipe.reader() == fd);
  EXPECT(set.Poll(answers) == 0);
  EXPECT(::write(pipe.writer(), "x", 1) == 1);
  EXPECT(set.Poll(answers) == 1);
  EXPECT(answers[0].fd == fd && answers[0].revents == POLLIN && answers[0].events == POLLIN);
}

void ForgetsWhatWasIdleWhileADuplicateLives() {
  Set set;
  std::vector<pollfd> answers(4);
  Pipe pipe;
  const int closed = ::dup(pipe.reader());
  EXPECT(set.Write({{closed, POLLIN, 0}}) == sizeof(pollfd));
  EXPECT(set.Poll(answers) == 0);
  ::close(closed);
  EXPECT(set.Poll(answers, 20) == 0);
  // What happens to its file is what its number is looked at for.
  EXPECT(::write(pipe.writer(), "x", 1) == 1);
  EXPECT(set.Poll(answers) == 1);
  EXPECT(answers[0].fd == closed && answers[0].revents == POLLNVAL);
}

void RefusesWhatIsWrong() {
  Set set;
  rlimit limit = {};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  std::vector<pollfd> many(limit.rlim_cur + 1, pollfd{-1, POLLIN, 0});
  EXPECT_ERROR(EINVAL, set.Write(many));
  many.pop_back();
  EXPECT(set.Write(many) == static_cast<ssize_t>(many.size() * sizeof(pollfd)));
  EXPECT_ERROR(EINVAL, set.Poll(many));
  many.pop_back();
  EXPECT(set.Poll(many) == 0);
  pollfd change = {0, POLLIN, 0};
  EXPECT_ERROR(EINVAL, ::write(set.fd, &change, sizeof change - 1));
  EXPECT_ERROR(EINVAL, ::ioctl(set.fd, DP_POLL + 100, &change));
  EXPECT_ERROR(EFAULT, ::ioctl(set.fd, DP_POLL, nullptr));
}

template <class Wait>
long Milliseconds(Wait wait) {
  timespec start = {}, end = {};
  ::clock_gettime(CLOCK_MONOTONIC, &start);
  wait();
  ::clock_gettime(CLOCK_MONOTONIC, &end);
  return (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1'000'000;
}

void SleepsWithoutRoom() {
  Set set;
  Pipe pipe;
  set.Write({{pipe.writer(), POLLOUT, 0}});
  dvpoll request = {nullptr, 0, 20, nullptr};
  EXPECT(Milliseconds([&] { EXPECT(::ioctl(set.fd, DP_POLL, &request) == 0); }) >= 19);
}

void WaitsATickAtLeast() {
  Set set;
  std::vector<pollfd> answers(1);
  EXPECT(Milliseconds([&] { EXPECT(set.Poll(answers, 1) == 0); }) >= 9);
}

void TakesTurns() {
  Set set;
  Pipe pipes[3];
  for (const Pipe& pipe : pipes) set.Write({{pipe.writer(), POLLOUT, 0}});
  std::vector<pollfd> answers(2);
  EXPECT(set.Poll(answers) == 2);
  EXPECT(answers[0].fd == pipes[0].writer() && answers[1].fd == pipes[1].writer());
  EXPECT(set.Poll(answers) == 2);
  EXPECT(answers[0].fd == pipes[2].writer() && answers[1].fd == pipes[0].writer());
}

void CannotBePolled() {
  Set set, outer;
  Pipe pipe;
  set.Write({{pipe.writer(), POLLOUT, 0}});
  for (short events : {POLLIN, POLLOUT}) {
    pollfd polled = {set.fd, events, 0};
    EXPECT(::poll(&polled, 1, 0) == 1 && polled.revents == POLLERR);
  }
  outer.Write({{set.fd, POLLIN, 0}});
  std::vector<pollfd> answers(1);
  EXPECT(outer.Poll(answers) == 1 && answers[0].fd == set.fd && answers[0].revents == POLLERR);
}

void IsInterrupted() {
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  ::sigaction(SIGALRM, &action, nullptr);
  Set set;
  std::vector<pollfd> answers(1);
  ::ualarm(10'000, 0);
  EXPECT_ERROR(EINTR, set.Poll(answers, 2000));
}

void BelongsToOneProcess() {
  Set set, unused;
  set.Write({});
  pid_t child = ::fork();
  if (child == 0) {
    std::vector<pollfd> answers(1);
    EXPECT_ERROR(EACCES, set.Write({{0, POLLIN, 0}}));
    EXPECT_ERROR(EACCES, set.Poll(answers));
    EXPECT(unused.Write({{0, POLLIN, 0}}) == sizeof(pollfd));
    ::_exit(failures);
  }
  int status = 0;
  EXPECT(::waitpid(child, &status, 0) == child && status == 0);
}

void GivesDescriptorsBack() {
  int before = Pipe().reader();
  int fds[2];
  {
    Set first, second;
    fds[0] = first.fd;
    fds[1] = second.fd;
    EXPECT(::fcntl(first.fd, F_GETFD) == FD_CLOEXEC);
  }
  EXPECT(fds[0] == before && fds[1] == before + 1);
  EXPECT(Pipe().reader() == before);
  EXPECT_ERROR(EBADF, ::write(fds[0], "", 0));
}

}  // namespace

int main() {
  AddsEvents();
  KeepsWhatWasNotOpen();
  ReportsWhatWasClosed();
  ForgetsWhatWasIdleWhileADuplicateLives();
  RefusesWhatIsWrong();
  SleepsWithoutRoom();
  WaitsATickAtLeast();
  TakesTurns();
  CannotBePolled();
  IsInterrupted();
  BelongsToOneProcess();
  GivesDescriptorsBack();
  return failures == 0 ? 0 : 1;
}
