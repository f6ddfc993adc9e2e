// What a program for macOS does not find in <poll.h>.
#include_next <poll.h>

#undef POLLRDHUP
