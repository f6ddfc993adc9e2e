#ifndef KQUEUE_EMULATION_TRAITS_H_
#define KQUEUE_EMULATION_TRAITS_H_

#include <cstddef>

// The systems whose kernels are emulated, as bits.
enum System : unsigned { kMacos = 1, kFreebsd = 2, kOpenbsd = 4, kNetbsd = 8, kDragonfly = 16, kEach = 31 };

// What some kernels do and others do not, or all of them against what kqueue(2) says.
enum class Trait {
  kStaleNotes,
  kLateNesting,
  kLevels,
  kTakesItself,
  kWholeTicks,
  kDevicesByWatermark,
  kDevicesUnknown,
  kNoDirectories,
  kEndlessFifos,
  kBrokenPipe,
  kBrokenPipeIsBad,
  kWriterNotWoken,
  kToldOnce,
  kSilentPty,
  kUrgentData,
  kClosedIsGone,
  kQueueForWritingForbidden,
  kQueueForWritingUnsupported,
  kTimeoutsTo31Bits,
  kTimeoutsTo1e8,
};

// Which systems have it, and where their kernels do it. Paths are below the sources of the kernel: bsd/ of XNU, sys/ of the others.
struct TraitRow {
  Trait trait;
  const char* name;
  unsigned systems;
  const char* source;
};

constexpr TraitRow kTraits[] = {
    {Trait::kStaleNotes, "a queue is readable until it is asked, though what it has reported is over", kEach,
     "kern/kern_event.c: filt_kqueue(), XNU filt_kqread()"},
    {Trait::kLateNesting, "a queue learns a moment later that a queue in it is readable", kFreebsd | kOpenbsd,
     "kern/kern_event.c: FreeBSD kqueue_schedtask(), OpenBSD kqueue_task()"},
    {Trait::kLevels, "queues nest up to 10 deep, and by rising levels, which cycles of equal levels have", kMacos,
     "kern/kern_event.c: kqueue_kqfilter()"},
    {Trait::kTakesItself, "a queue is taken into itself, and hangs", kNetbsd | kDragonfly,
     "kern/kern_event.c: kqueue_kqfilter()"},
    {Trait::kWholeTicks, "timeouts are whole ticks of 10 ms and one more", kOpenbsd | kNetbsd | kDragonfly,
     "kern/kern_event.c: kqueue_sleep(), NetBSD kqueue_scan(), by tstohz()"},
    {Trait::kDevicesByWatermark, "character devices other than terminals are EINVAL without NOTE_LOWAT of 1", kMacos,
     "miscfs/specfs/spec_vnops.c: filt_specattach()"},
    {Trait::kDevicesUnknown, "/dev/null and /dev/zero are ENODEV", kFreebsd,
     "fs/devfs/devfs_vnops.c: devfs_kqfilter_f()"},
    {Trait::kNoDirectories, "directories are EINVAL", kMacos, "vfs/vfs_vnops.c: vn_kqfilter()"},
    {Trait::kEndlessFifos, "a named FIFO counts bytes, for both of its ends, and never ends", kMacos,
     "vfs/vfs_vnops.c: filt_vnode_common()"},
    {Trait::kBrokenPipe, "either end of a pipe without the other is EPIPE for writing",
     kFreebsd | kOpenbsd | kDragonfly, "kern/sys_pipe.c: pipe_kqfilter()"},
    {Trait::kBrokenPipeIsBad, "either end of a pipe without the other is EBADF for writing", kNetbsd,
     "kern/sys_pipe.c: pipe_kqfilter()"},
    {Trait::kWriterNotWoken, "the writer of a full pipe is not told that its reader is gone", kOpenbsd | kNetbsd,
     "kern/sys_pipe.c: OpenBSD pipe_destroy(), NetBSD pipeclose()"},
    {Trait::kToldOnce, "the end of a revoked file is EV_EOF with EV_ONESHOT, and its filter is gone", kMacos,
     "miscfs/specfs/spec_vnops.c: filt_spec_make_eof()"},
    {Trait::kSilentPty, "a pseudo-terminal does not tell that its other side is closed", kNetbsd,
     "kern/tty_pty.c: filt_ptcread()"},
    {Trait::kUrgentData, "there is EVFILT_EXCEPT", kMacos | kOpenbsd,
     "kern/uipc_socket.c: soo_kqfilter(), XNU kern/uipc_socket.c: filt_soexcept()"},
    {Trait::kClosedIsGone, "EV_DELETE of a closed number is ENOENT, not EBADF", kMacos,
     "kern/kern_event.c: kevent_register()"},
    {Trait::kQueueForWritingForbidden, "a queue is EPERM for writing, not EINVAL", kNetbsd,
     "kern/kern_event.c of NetBSD 9: kqueue_kqfilter()"},
    {Trait::kQueueForWritingUnsupported, "a queue is EOPNOTSUPP for writing, not EINVAL", kDragonfly,
     "kern/kern_event.c: kqueue_kqfilter()"},
    {Trait::kTimeoutsTo31Bits, "timeouts above 2^31 - 1 s are EINVAL", kMacos, "kern/kern_time.c: timespec_is_valid()"},
    {Trait::kTimeoutsTo1e8, "timeouts above 1e8 s are EINVAL", kOpenbsd, "kern/kern_time.c: timespecfix()"},
};

// A kernel that is emulated: its traits, and what uname(2) calls it.
struct Profile {
  const char* name;
  System system;
  const char* sysname;
  const char* release;
};

// The first one is emulated unless another is chosen.
constexpr Profile kProfiles[] = {
    {"macos", kMacos, "Darwin", "24.4.0"},
    {"freebsd", kFreebsd, "FreeBSD", "14.2-RELEASE"},
    {"openbsd", kOpenbsd, "OpenBSD", "7.6"},
    {"netbsd", kNetbsd, "NetBSD", "10.1"},
    {"dragonfly", kDragonfly, "DragonFly", "6.4-RELEASE"},
};

#endif  // KQUEUE_EMULATION_TRAITS_H_
