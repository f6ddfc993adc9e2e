// What kqueue(2) says, and all of the kernels do.
#include "check.h"

static void refusals(void) {
  REFUSED(change(ends[0], -3, EV_ADD), EINVAL);
  REFUSED(change(ends[0], 0, EV_ADD), EINVAL);
  REFUSED(change(ends[0], EVFILT_EXCEPT, EV_ADD), EINVAL);
  REFUSED(change(ends[0], EVFILT_READ, EV_ADD | 0x1000), EINVAL);
  REFUSED(change(ends[0], EVFILT_READ, EV_ADD | EV_DELETE), EINVAL);
  REFUSED(change(ends[0], EVFILT_READ, EV_ADD | EV_ENABLE | EV_DISABLE), EINVAL);
  REFUSED(change(ends[0], EVFILT_READ, EV_DELETE), ENOENT);
  REFUSED(change(ends[0], EVFILT_READ, EV_ENABLE), ENOENT);
  REFUSED(change(ends[0], EVFILT_READ, 0), ENOENT);
  REFUSED(change(999, EVFILT_READ, EV_ADD), EBADF);
  REFUSED(change(-1, EVFILT_READ, EV_ADD), EBADF);
  REQUIRE(collect(8) == 0);
}

static void arguments(void) {
  struct timespec bad[] = {{-1, 0}, {0, -1}, {0, 1000000000}};
  for (int i = 0; i < 3; i++) REFUSED(kevent(kq, NULL, 0, events, 8, &bad[i]), EINVAL);
  REFUSED(kevent(kq, NULL, -1, events, 8, &now), EINVAL);
  REFUSED(kevent(kq, NULL, 0, events, -1, &now), EINVAL);
  REFUSED(kevent(kq, NULL, 1, events, 8, &now), EFAULT);
  REFUSED(kevent(kq, NULL, 0, NULL, 8, &now), EFAULT);
  REFUSED(kevent(ends[0], NULL, 0, events, 8, &now), EBADF);
  REFUSED(kevent(-1, NULL, 0, events, 8, &now), EBADF);
  int closed = kqueue();
  close(closed);
  REFUSED(kevent(closed, NULL, 0, events, 8, &now), EBADF);
}

// An error takes a place in the event list; without one it is the call's, and later changes are not made.
static void errors(void) {
  struct kevent changes[] = {event_of(ends[0], EVFILT_WRITE, EV_ADD), event_of(ends[0], EVFILT_READ, EV_DELETE),
                             event_of(ends[1], EVFILT_WRITE, EV_ADD)};
  REQUIRE(kevent(kq, changes, 3, events, 8, NULL) == 1);
  REQUIRE(events[0].flags == EV_ERROR && events[0].data == ENOENT && events[0].filter == EVFILT_READ);
  REQUIRE(collect(8) == 2);
  REQUIRE(change(ends[1], EVFILT_WRITE, EV_DELETE) == 0);
  REFUSED(kevent(kq, changes, 3, NULL, 0, NULL), ENOENT);
  REQUIRE(collect(8) == 1);
}

static void receipts(void) {
  int flags = EV_ADD | EV_RECEIPT;
  struct kevent changes[] = {event_of(ends[0], EVFILT_WRITE, flags), event_of(999, EVFILT_READ, flags),
                             event_of(ends[1], EVFILT_WRITE, flags)};
  REQUIRE(kevent(kq, changes, 3, events, 8, NULL) == 3);
  for (int i = 0; i < 3; i++) REQUIRE(events[i].flags == EV_ERROR && events[i].data == (i == 1 ? EBADF : 0));
  REQUIRE(collect(8) == 2);
  // Too small: what comes behind the place where it is full is not looked at.
  changes[0].flags = changes[2].flags = EV_DELETE | EV_RECEIPT;
  kevent(kq, changes, 3, events, 1, NULL);
  REQUIRE(collect(8) == 1 && (int)events[0].ident == ends[1]);
}

static void merging(void) {
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0);
  REQUIRE(collect(8) == 0);
  for (int i = 0; i < 5; i++) REQUIRE(write(ends[1], "x", 1) == 1);
  REQUIRE(collect(8) == 1 && events[0].data == 5 && !(events[0].flags & EV_EOF));
  struct kevent again = event_of(ends[0], EVFILT_READ, EV_ADD);
  again.udata = &again;
  REQUIRE(kevent(kq, &again, 1, NULL, 0, NULL) == 0);
  REQUIRE(collect(8) == 1 && events[0].udata == &again);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  REQUIRE(collect(8) == 2);
}

static void short_lists(void) {
  int seen = 0;
  REQUIRE(write(ends[0], "x", 1) == 1 && write(ends[1], "x", 1) == 1);
  for (int i = 0; i < 2; i++) {
    REQUIRE(change(ends[i], EVFILT_READ, EV_ADD) == 0);
    REQUIRE(change(ends[i], EVFILT_WRITE, EV_ADD) == 0);
  }
  for (int i = 0; i < 4; i++) {
    REQUIRE(collect(1) == 1);
    seen |= 1 << (2 * ((int)events[0].ident == ends[1]) + (events[0].filter == EVFILT_READ));
  }
  REQUIRE(seen == 15);
  REQUIRE(collect(3) == 3 && collect(8) == 4);
  struct timespec minute = {60, 0};
  REQUIRE(kevent(kq, NULL, 0, NULL, 0, &minute) == 0);
}

static void switches(void) {
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD | EV_ONESHOT) == 0);
  REQUIRE(collect(8) == 1 && collect(8) == 0);
  REFUSED(change(ends[0], EVFILT_WRITE, EV_DELETE), ENOENT);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD | EV_DISPATCH) == 0);
  REQUIRE(collect(8) == 1 && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ENABLE) == 0);
  REQUIRE(collect(8) == 1 && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  REQUIRE(collect(8) == 1 && collect(8) == 1);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_DISABLE) == 0 && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD | EV_DISABLE) == 0 && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0 && collect(8) == 1);
}

// EV_CLEAR: once for what happens, and again when more does; alone, and beside a filter without it.
static void edges(void) {
  char bytes[8];
  for (int beside = 0; beside < 2; beside++) {
    REQUIRE(change(ends[0], EVFILT_READ, EV_ADD | EV_CLEAR) == 0 && collect(8) == 0);
    if (beside) REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0 && collect(8) == 1);
    for (int times = 0; times < 3; times++) {
      REQUIRE(write(ends[1], "x", 1) == 1);
      REQUIRE(collect(8) == 1 + beside && collect(8) == beside);
    }
    // Those of the first time.
    REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0 && collect(8) == 1 + beside && collect(8) == beside);
    REQUIRE(read(ends[0], bytes, 8) == 3 && collect(8) == beside);
    REQUIRE(change(ends[0], EVFILT_READ, EV_DELETE) == 0);
  }
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD | EV_CLEAR) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_DELETE) == 0);
  close(ends[1]);
  REQUIRE(collect(8) == 1 && events[0].flags & EV_EOF && events[0].flags & EV_CLEAR && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_READ, EV_DELETE) == 0);
}

// The filter for urgent data, of sockets, where there is one.
static void urgent(void) {
  if (!kqueue_emulation_has("there is EVFILT_EXCEPT")) return;
  struct kevent event;
  EV_SET(&event, ends[0], EVFILT_EXCEPT, EV_ADD, NOTE_OOB, 0, NULL);
  REQUIRE(kevent(kq, &event, 1, NULL, 0, &now) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1 && collect(8) == 0);
  REQUIRE(send(ends[1], "!", 1, MSG_OOB) == 1);
  REQUIRE(collect(8) == 1 && events[0].filter == EVFILT_EXCEPT && events[0].fflags == NOTE_OOB && collect(8) == 1);
  char byte;
  REQUIRE(recv(ends[0], &byte, 1, MSG_OOB) == 1 && collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_EXCEPT, EV_DELETE) == 0);
  event.ident = pipes[0];
  REQUIRE(kevent(kq, &event, 1, NULL, 0, &now) == -1 && errno == EINVAL);
}

// A close forgets what was registered under the number, also while a duplicate of the file lives.
static void closing(void) {
  int twin = dup(ends[0]);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0 && collect(8) == 1);
  close(ends[0]);
  REQUIRE(collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_DELETE) == -1);
  REQUIRE(dup2(pipes[1], ends[0]) == ends[0]);
  REFUSED(change(ends[0], EVFILT_WRITE, EV_DELETE), ENOENT);
  REQUIRE(collect(8) == 0);
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0 && collect(8) == 1);
  // The same file comes back to a number at which it was closed.
  REQUIRE(change(twin, EVFILT_WRITE, EV_ADD | EV_ONESHOT) == 0);
  int other = dup(twin);
  close(twin);
  REQUIRE(change(twin, EVFILT_WRITE, EV_DELETE) == -1);
  REQUIRE(dup2(other, twin) == twin && change(twin, EVFILT_WRITE, EV_ADD) == 0);
  REQUIRE(collect(8) == 2 && collect(8) == 2);
  close(other);
  close(twin);
  REQUIRE(collect(8) == 1);
}

static void end_of_file(void) {
  REQUIRE(write(ends[1], "data", 4) == 4);
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0 && change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  close(ends[1]);
  REQUIRE(collect(8) == 2);
  for (int i = 0; i < 2; i++) REQUIRE(events[i].flags & EV_EOF);
  REQUIRE(events[events[0].filter == EVFILT_READ ? 0 : 1].data == 4);
}

static void pipes_without_peer(void) {
  REQUIRE(change(pipes[1], EVFILT_WRITE, EV_ADD) == 0);
  close(pipes[0]);
  REQUIRE(collect(8) == 1 && events[0].flags & EV_EOF);
}

// A hang-up that no filter is about neither shows nor wakes. One of the direction that the end does not have is about it.
static void hang_ups(void) {
  REQUIRE(change(pipes[0], EVFILT_READ, EV_ADD | EV_DISABLE) == 0);
  REQUIRE(change(pipes[0], EVFILT_WRITE, EV_ADD | EV_DISABLE) == 0);
  close(pipes[1]);
  REQUIRE(collect(8) == 0);
  REQUIRE(!is_readable(kq));
  REQUIRE(change(pipes[0], EVFILT_WRITE, EV_ENABLE) == 0);
  REQUIRE(is_readable(kq));
  REQUIRE(collect(8) == 1 && events[0].filter == EVFILT_WRITE && events[0].flags & EV_EOF);
}

static void connect_tcp(int sockets[2]) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(bind(listener, (struct sockaddr*)&address, length) == 0 && listen(listener, 1) == 0);
  REQUIRE(getsockname(listener, (struct sockaddr*)&address, &length) == 0);
  sockets[0] = socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(connect(sockets[0], (struct sockaddr*)&address, length) == 0);
  sockets[1] = accept(listener, NULL, NULL);
  close(listener);
}

// One's own shutdown(2) is an end for the filter for writing only; what is sent after a reset, for both, and with its error.
static void shutdowns(void) {
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0 && change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  shutdown(ends[0], SHUT_WR);
  REQUIRE(collect(8) == 1 && events[0].filter == EVFILT_WRITE && events[0].flags & EV_EOF && events[0].fflags == 0);
  // Local sockets are not reset, though something is left unread.
  REQUIRE(write(ends[1], "x", 1) == 1);
  close(ends[1]);
  REQUIRE(collect(8) == 2 && events[0].flags & EV_EOF && events[0].fflags == 0 && events[1].fflags == 0);
}

static atomic_int looks;

// Looks until it is cancelled.
static void* look(void* nothing) {
  for (; kevent(kq, NULL, 0, events, 8, &now) >= 0; looks++) pthread_testcancel();
  return nothing;
}

// A connection that is reset while another thread looks keeps its error for whoever asks for it.
static void resets(void) {
  pthread_t looking;
  REQUIRE(pthread_create(&looking, NULL, look, NULL) == 0);
  for (int round = 0; round < 300; round++) {
    int error = 0;
    socklen_t length = sizeof error;
    connect_tcp(ends);
    REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
    close(ends[1]);
    for (int before = looks; looks == before;) sched_yield();
    REQUIRE(write(ends[0], "x", 1) == 1);
    struct pollfd polled = {ends[0], 0, 0};
    REQUIRE(poll(&polled, 1, 10000) == 1);
    REQUIRE(getsockopt(ends[0], SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == EPIPE);
    close(ends[0]);
  }
  pthread_cancel(looking);
  pthread_join(looking, NULL);
}

static void regular_files(void) {
  char byte;
  int file = open("/proc/self/exe", O_RDONLY);
  REQUIRE(change(file, EVFILT_WRITE, EV_ADD) == 0);
  for (int again = 0; again < 2; again++) REQUIRE(collect(8) == 1 && events[0].filter == EVFILT_WRITE);
  REQUIRE(change(file, EVFILT_WRITE, EV_DELETE) == 0 && change(file, EVFILT_READ, EV_ADD) == 0);
  REQUIRE(is_readable(kq) && collect(8) == 1 && events[0].data == lseek(file, 0, SEEK_END));
  REQUIRE(collect(8) == 0 && !is_readable(kq));
  lseek(file, -1, SEEK_END);
  REQUIRE(collect(8) == 1 && events[0].data == 1 && read(file, &byte, 1) == 1 && collect(8) == 0);
  lseek(file, 0, SEEK_SET);
  REQUIRE(collect(8) == 1);
  close(file);
  REQUIRE(collect(8) == 0 && !is_readable(kq));
}

static void queue_in_queue(void) {
  int outer = kq;
  int inner = kq = kqueue();
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0 && !is_readable(inner));
  kq = outer;
  REQUIRE(change(inner, EVFILT_READ, EV_ADD) == 0 && collect(8) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1);
  REQUIRE(is_readable(inner) && collect_late(8) == 1 && collect(8) == 1);
  kq = inner;
  REQUIRE(collect(8) == 1 && is_readable(inner));
  close(inner);
  kq = outer;
  REQUIRE(collect(8) == 0);
}

// Of timers only what tells two queues apart: one that is disabled is there for any descriptor of the queue, and for no other.
static void timers(void) {
  struct kevent timer;
  const int twin = dup(kq), other = kqueue();
  EV_SET(&timer, 7, EVFILT_TIMER, EV_ADD | EV_DISABLE, 0, 1000, NULL);
  REQUIRE(kevent(kq, &timer, 1, NULL, 0, NULL) == 0 && collect(8) == 0);
  timer.flags = EV_DELETE;
  REFUSED(kevent(other, &timer, 1, NULL, 0, NULL), ENOENT);
  REQUIRE(kevent(twin, &timer, 1, NULL, 0, NULL) == 0);
  REFUSED(kevent(kq, &timer, 1, NULL, 0, NULL), ENOENT);
}

static void timeouts(void) {
  for (long wait = 1; wait < 40000000; wait *= 7) {
    struct timespec timeout = {0, wait};
    long long start = nanoseconds();
    REQUIRE(kevent(kq, NULL, 0, events, 1, &timeout) == 0);
    REQUIRE(nanoseconds() - start >= wait);
  }
}

static void on_alarm(int signal) {
  (void)signal;
}

// Behind all changes.
static void interruption(void) {
  struct sigaction action = {.sa_handler = on_alarm};
  // Again and again: on a busy machine the first may come before the wait.
  struct itimerval soon = {{0, 20000}, {0, 20000}};
  struct kevent wanted = event_of(ends[0], EVFILT_READ, EV_ADD);
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &soon, NULL);
  REFUSED(kevent(kq, &wanted, 1, events, 8, NULL), EINTR);
  REQUIRE(write(ends[1], "x", 1) == 1 && collect(8) == 1);
}

static const struct check checks[] = {{"refusals", refusals},
                                      {"arguments", arguments},
                                      {"errors", errors},
                                      {"receipts", receipts},
                                      {"merging", merging},
                                      {"short lists", short_lists},
                                      {"switches", switches},
                                      {"edges", edges},
                                      {"urgent", urgent},
                                      {"closing", closing},
                                      {"end of file", end_of_file},
                                      {"pipes without peer", pipes_without_peer},
                                      {"hang-up", hang_ups},
                                      {"shutdown", shutdowns},
                                      {"reset", resets},
                                      {"regular files", regular_files},
                                      {"queues", queue_in_queue},
                                      {"timers", timers},
                                      {"timeouts", timeouts},
                                      {"interruption", interruption}};

int main(int argc, char** argv) {
  return run(checks, sizeof checks / sizeof *checks, argc, argv);
}
