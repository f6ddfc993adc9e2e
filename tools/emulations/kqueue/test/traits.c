// What only some of the kernels do, each check named as the trait is in the table: it is there just where that says.
#include <sys/stat.h>

#include "check.h"

static int has;

// A change is refused with a code where the trait is there, and otherwise with another one, or made.
static void refuses(int result, int code, int otherwise) {
  if (has) {
    REQUIRE(result == -1 && errno == code);
  } else if (otherwise != 0) {
    REQUIRE(result == -1 && errno == otherwise);
  } else {
    REQUIRE(result == 0 || errno != code);
  }
}

static void stale_notes(void) {
  char byte;
  REQUIRE(change(ends[0], EVFILT_READ, EV_ADD) == 0 && write(ends[1], "x", 1) == 1 && collect(8) == 1);
  REQUIRE(read(ends[0], &byte, 1) == 1 && is_readable(kq) == has);
  REQUIRE(collect(8) == 0 && !is_readable(kq));
  // What is no longer watched is not queued either.
  REQUIRE(write(ends[1], "x", 1) == 1 && collect(8) == 1 && read(ends[0], &byte, 1) == 1);
  REQUIRE(change(ends[0], EVFILT_READ, EV_DELETE) == 0 && !is_readable(kq));
}

static void late_nesting(void) {
  const int outer = kq, inner = kq = kqueue();
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  kq = outer;
  REQUIRE(change(inner, EVFILT_READ, EV_ADD) == 0);
  REQUIRE(collect(8) == !has && collect_late(8) == 1);
  // Whoever waits gets it.
  struct timespec second = {1, 0};
  REQUIRE(change(inner, EVFILT_READ, EV_DELETE) == 0 && change(inner, EVFILT_READ, EV_ADD) == 0);
  REQUIRE(kevent(kq, NULL, 0, events, 8, &second) == 1);
}

static void levels(void) {
  int queues[12];
  for (int i = 0; i < 12; i++) queues[i] = kqueue();
  int deepest = 0;
  for (; deepest < 11; deepest++) {
    kq = queues[deepest + 1];
    if (change(queues[deepest], EVFILT_READ, EV_ADD) < 0) break;
  }
  REQUIRE(deepest == (has ? 9 : 11));
  kq = queues[0];
  REQUIRE(change(queues[2], EVFILT_READ, EV_ADD) == (has ? -1 : 0));
}

static void takes_itself(void) {
  REQUIRE(change(kq, EVFILT_READ, EV_ADD) == (has ? 0 : -1));
}

static void whole_ticks(void) {
  struct timespec moment = {0, 200000};
  long long best = 1000000000;
  for (int i = 0; i < 20; i++) {
    const long long start = nanoseconds();
    REQUIRE(kevent(kq, NULL, 0, events, 1, &moment) == 0);
    const long long taken = nanoseconds() - start;
    REQUIRE(taken >= 200000);
    if (taken < best) best = taken;
    if (!has && best < 10000000) return;
  }
  REQUIRE(has && best >= 10000000);
}

static void devices(int code) {
  const int device = open("/dev/null", O_RDWR);
  refuses(change(device, EVFILT_READ, EV_ADD), code, 0);
  if (!has) return;
  REFUSED(change(device, EVFILT_WRITE, EV_ADD), code);
}

static void devices_by_watermark(void) {
  devices(EINVAL);
  if (!has) return;
  struct kevent event;
  const int device = open("/dev/zero", O_RDWR);
  EV_SET(&event, device, EVFILT_READ, EV_ADD, NOTE_LOWAT, 2, NULL);
  REFUSED(kevent(kq, &event, 1, NULL, 0, NULL), EINVAL);
  event.data = 1;
  REQUIRE(kevent(kq, &event, 1, NULL, 0, NULL) == 0);
  event.filter = EVFILT_WRITE;
  REQUIRE(kevent(kq, &event, 1, NULL, 0, NULL) == 0 && is_readable(kq) && collect(8) == 2 && collect(8) == 2);
}

static void devices_unknown(void) {
  devices(ENODEV);
}

static void no_directories(void) {
  refuses(change(open("/", O_RDONLY), EVFILT_READ, EV_ADD), EINVAL, 0);
}

static void endless_fifos(void) {
  char path[] = "/tmp/fifo-XXXXXX";
  REQUIRE(mkdtemp(path) != NULL && chdir(path) == 0 && mkfifo("fifo", 0600) == 0);
  const int reader = open("fifo", O_RDONLY | O_NONBLOCK), writer = open("fifo", O_WRONLY);
  unlink("fifo");
  rmdir(path);
  REQUIRE(change(reader, EVFILT_READ, EV_ADD) == 0 && collect(8) == 0);
  REQUIRE(change(writer, EVFILT_READ, EV_ADD) == 0 && write(writer, "x", 1) == 1);
  REQUIRE(collect(8) == 1 + has);
  REQUIRE(read(reader, path, 1) == 1 && collect(8) == 0);
  close(writer);
  REQUIRE(collect(8) == !has);
}

static void broken_pipe(int code) {
  close(pipes[0]);
  refuses(change(pipes[1], EVFILT_WRITE, EV_ADD), code, 0);
  REQUIRE(pipe(pipes) == 0 && close(pipes[1]) == 0);
  refuses(change(pipes[0], EVFILT_WRITE, EV_ADD), code, 0);
  REQUIRE(change(pipes[0], EVFILT_READ, EV_ADD) == 0);
}

static void broken_pipe_is_epipe(void) {
  broken_pipe(EPIPE);
}
static void broken_pipe_is_ebadf(void) {
  broken_pipe(EBADF);
}

static void writer_not_woken(void) {
  static char bytes[4096];
  fcntl(pipes[1], F_SETFL, O_NONBLOCK);
  while (write(pipes[1], bytes, sizeof bytes) > 0) {
  }
  REQUIRE(change(pipes[1], EVFILT_WRITE, EV_ADD) == 0 && collect(8) == 0);
  close(pipes[0]);
  REQUIRE(collect(8) == !has);
  REQUIRE(change(pipes[1], EVFILT_READ, EV_ADD) == 0 && collect(8) == 2 - has);
  REQUIRE(events[0].flags & EV_EOF);
}

static void silent_pty(void) {
  char byte;
  const int outside = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK);
  REQUIRE(grantpt(outside) == 0 && unlockpt(outside) == 0);
  const int inside = open(ptsname(outside), O_RDWR | O_NOCTTY);
  REQUIRE(change(outside, EVFILT_READ, EV_ADD) == 0 && write(inside, "x", 1) == 1);
  REQUIRE(collect_late(8) == 1);
  REQUIRE(read(outside, &byte, 1) == 1 && collect(8) == 0);
  close(inside);
  REQUIRE(collect(8) == !has);
}

static void urgent_data(void) {
  struct kevent event;
  EV_SET(&event, ends[0], EVFILT_EXCEPT, EV_ADD, NOTE_OOB, 0, NULL);
  REQUIRE(kevent(kq, &event, 1, NULL, 0, NULL) == has - 1);
}

static void closed_is_gone(void) {
  close(ends[0]);
  refuses(change(ends[0], EVFILT_READ, EV_DELETE), ENOENT, EBADF);
}

static void queue_for_writing(int code) {
  const int result = change(kqueue(), EVFILT_WRITE, EV_ADD);
  REQUIRE(result == -1 && (errno == code) == has);
}

static void queue_is_eperm(void) {
  queue_for_writing(EPERM);
}
static void queue_is_eopnotsupp(void) {
  queue_for_writing(EOPNOTSUPP);
}

static void longest(time_t seconds) {
  struct timespec timeout = {seconds + 1, 0};
  // The shorter limit holds for the longer too.
  if (!has && kqueue_emulation_has("timeouts above 1e8 s are EINVAL")) return;
  REQUIRE(change(ends[0], EVFILT_WRITE, EV_ADD) == 0);
  refuses(kevent(kq, NULL, 0, events, 1, &timeout) < 0 ? -1 : 0, EINVAL, 0);
  timeout.tv_sec = seconds;
  REQUIRE(!has || kevent(kq, NULL, 0, events, 1, &timeout) == 1);
}

static void up_to_31_bits(void) {
  longest(2147483647);
}
static void up_to_1e8(void) {
  longest(100000000);
}

static const struct check checks[] = {
    {"a queue is readable until it is asked, though what it has reported is over", stale_notes},
    {"a queue learns a moment later that a queue in it is readable", late_nesting},
    {"queues nest up to 10 deep, and by rising levels, which cycles of equal levels have", levels},
    {"a queue is taken into itself, and hangs", takes_itself},
    {"timeouts are whole ticks of 10 ms and one more", whole_ticks},
    {"character devices other than terminals are EINVAL without NOTE_LOWAT of 1", devices_by_watermark},
    {"/dev/null and /dev/zero are ENODEV", devices_unknown},
    {"directories are EINVAL", no_directories},
    {"a named FIFO counts bytes, for both of its ends, and never ends", endless_fifos},
    {"either end of a pipe without the other is EPIPE for writing", broken_pipe_is_epipe},
    {"either end of a pipe without the other is EBADF for writing", broken_pipe_is_ebadf},
    {"the writer of a full pipe is not told that its reader is gone", writer_not_woken},
    {"a pseudo-terminal does not tell that its other side is closed", silent_pty},
    {"there is EVFILT_EXCEPT", urgent_data},
    {"EV_DELETE of a closed number is ENOENT, not EBADF", closed_is_gone},
    {"a queue is EPERM for writing, not EINVAL", queue_is_eperm},
    {"a queue is EOPNOTSUPP for writing, not EINVAL", queue_is_eopnotsupp},
    {"timeouts above 2^31 - 1 s are EINVAL", up_to_31_bits},
    {"timeouts above 1e8 s are EINVAL", up_to_1e8},
};

int main(int argc, char** argv) {
  if (argc > 1) has = kqueue_emulation_has(argv[1]);
  return run(checks, sizeof checks / sizeof *checks, argc, argv);
}
