#ifndef SYSTEM_H_
#define SYSTEM_H_

#include <sys/utsname.h>

#include <cstdlib>
#include <cstring>

// In what the kernels differ, where a backend has to know. What they refuse, and with which code, they say themselves.
struct System {
  // As uname(2) says.
  const char* name;
  // The first version that watches any character device if it is asked for a watermark of 1; 0 if none does. Others need no such
  // thing, or refuse it.
  int devices_by_watermark;
  // A named FIFO is watched by counting its bytes, for both of its ends: the reader is not told the end, and the writer is called
  // readable while something is unread.
  bool has_endless_fifos;
  // The writer of a full pipe is not told that its reader is gone, but what it could read has come to its end.
  bool tells_writers_by_reading;

  static System This() {
    utsname names = {};
    ::uname(&names);
    for (const System& system : kAll) {
      if (std::strcmp(system.name, names.sysname) != 0) continue;
      System found = system;
      // Darwin's 21 is macOS 12. Before, a device that is watched so leaves the queue readable.
      if (std::atoi(names.release) < found.devices_by_watermark) found.devices_by_watermark = 0;
      return found;
    }
    return {};
  }

 private:
  static const System kAll[5];
};

// XNU: filt_specattach() in bsd/miscfs/specfs/spec_vnops.c, filt_vnode_common() in bsd/vfs/vfs_vnops.c. OpenBSD: pipe_destroy(), NetBSD:
// pipeclose(), both in sys/kern/sys_pipe.c, where the wake-up comes before the end is marked.
inline const System System::kAll[] = {
    {"Darwin", 21, true, false}, {"FreeBSD", 0, false, false},   {"OpenBSD", 0, false, true},
    {"NetBSD", 0, false, true},  {"DragonFly", 0, false, false},
};

#endif  // SYSTEM_H_
