#ifndef POLL_EMULATION_NOTES_H_
#define POLL_EMULATION_NOTES_H_

#include <poll.h>

// poll(2) of a system that makes it of kqueue's notes.
int PollNotes(pollfd* polled, nfds_t count, int timeout);

#endif  // POLL_EMULATION_NOTES_H_
