#ifndef KQUEUE_EMULATION_FCNTL_H_
#define KQUEUE_EMULATION_FCNTL_H_

#include_next <fcntl.h>

// What macOS has besides.
#define F_GETPATH 50

#endif  // KQUEUE_EMULATION_FCNTL_H_
