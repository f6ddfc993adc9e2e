// What a program for macOS finds in <fcntl.h> besides.
#include_next <fcntl.h>

#ifndef F_GETPATH
#define F_GETPATH 50
#endif
