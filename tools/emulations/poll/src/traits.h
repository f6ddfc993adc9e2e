#ifndef POLL_EMULATION_TRAITS_H_
#define POLL_EMULATION_TRAITS_H_

#include <ctime>

// How poll(2) and select(2) of a system differ from Linux's. Paths are those of the system's sources.
struct Traits {
  // A wait takes its timeout in whole ticks of the clock, and one more. In nanoseconds; 0: as long as it was told.
  // OpenBSD kqueue_sleep() of sys/kern/kern_event.c; NetBSD gettimeleft() of sys/kern/sys_select.c, tvtohz().
  long tick;
  // poll(2) is made of kqueue's notes, each of which fires once. So it reports an error as a hang-up, and so the end of what the
  // other side sends; and sleeps on without a note that was spent on data which nothing asks for.
  // XNU poll_nocancel() and poll_callback() of bsd/kern/sys_generic.c.
  bool notes;
  // There are no notes for devices and directories, which poll(2) calls invalid.
  // XNU filt_specattach() of bsd/miscfs/specfs/spec_vnops.c, vn_kqfilter() of bsd/vfs/vfs_vnops.c.
  bool refuses_devices;
  // A note of a named FIFO counts bytes: it never fires for the end, and at the end that sends it fires for data.
  // XNU filt_vnode_common() of bsd/vfs/vfs_vnops.c.
  bool endless_fifos;
  // select(2) finds the end of a pipe that receives ready for writing.
  // XNU pipe_select() of bsd/kern/sys_pipe.c.
  bool vague_pipes;
  // What <fcntl.h> has besides: F_GETPATH, which refuses what is no vnode with EBADF.
  // XNU sys_fcntl_nocancel() of bsd/kern/kern_descrip.c.
  bool paths;
};

constexpr Traits kMacos = {0, true, true, true, true, true};
constexpr Traits kOpenbsd = {10'000'000, false, false, false, false, false};

constexpr Traits kTraits = SYSTEM;

// How long a wait of so long takes, where the clock ticks.
inline timespec InTicks(const timespec& timeout, long tick) {
  const long nanoseconds = ((timeout.tv_nsec + tick - 1) / tick + 1) * tick;
  return {timeout.tv_sec + nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
}

// How long a wait of so long takes.
inline timespec Lasting(const timespec& timeout) {
  const bool waits = timeout.tv_sec != 0 || timeout.tv_nsec != 0;
  return waits && kTraits.tick != 0 ? InTicks(timeout, kTraits.tick) : timeout;
}

#endif  // POLL_EMULATION_TRAITS_H_
