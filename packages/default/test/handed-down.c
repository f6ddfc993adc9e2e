/*
 * Runs a program with a descriptor 3 that Node cannot make, and has something happen to it for each byte that arrives on 4:
 *
 *   handed-down pty PROGRAM ARGUMENT...    the master of a pseudo-terminal in packet mode, whose other side is flushed, see TIOCPKT
 *   handed-down perf PROGRAM ARGUMENT...   a ring of perf_event_open(2) that counts page faults; a look takes its readiness
 *
 * Ends as the program does, or with 77 where the system does not let it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { kNotAllowed = 77, kPages = 4096 };

static int slave = -1;
static char* next_page;

static int OpenPty(void) {
  int on = 1;
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0 || ioctl(master, TIOCPKT, &on) < 0) return -1;
  slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  return slave < 0 ? -1 : master;
}

static int OpenPerf(void) {
  struct perf_event_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.size = sizeof attr;
  attr.type = PERF_TYPE_SOFTWARE;
  attr.config = PERF_COUNT_SW_PAGE_FAULTS;
  attr.sample_period = 1;
  attr.sample_type = PERF_SAMPLE_IP;
  attr.wakeup_events = 1;
  attr.exclude_kernel = 1;
  attr.disabled = 1;
  int ring = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  if (ring < 0 || mmap(NULL, 9 * page, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0) == MAP_FAILED) return -1;
  next_page = mmap(NULL, kPages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return next_page == MAP_FAILED || madvise(next_page, kPages * page, MADV_NOHUGEPAGE) < 0 ? -1 : ring;
}

static void Happen(int fd) {
  if (slave >= 0) {
    tcflush(slave, TCIOFLUSH);
  } else {
    ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
    *(volatile char*)next_page = 1;
    ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
    next_page += sysconf(_SC_PAGESIZE);
  }
}

int main(int argc, char** argv) {
  int control[2];
  int fd = argc > 2 && strcmp(argv[1], "pty") == 0 ? OpenPty() : OpenPerf();
  if (fd < 0) return kNotAllowed;
  if (argc < 3 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) < 0) return 1;
  pid_t pid = fork();
  if (pid == 0) {
    /* Above both numbers, so that neither is overwritten. */
    int ours = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    int theirs = fcntl(control[1], F_DUPFD_CLOEXEC, 10);
    if (dup2(ours, 3) < 0 || dup2(theirs, 4) < 0) _exit(1);
    execvp(argv[2], argv + 2);
    _exit(1);
  }
  close(control[1]);
  char byte;
  while (read(control[0], &byte, 1) == 1) Happen(fd);
  int status = 0;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
