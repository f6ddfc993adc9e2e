// What the binding needs from an operating system: declared once here, defined in one folder per family of systems.
//
// Every function returns a result or a negative errno, retries after EINTR and, unless it says otherwise, never blocks: where
// a blocking descriptor would make the caller wait, it returns -EAGAIN, and waiting.h waits. If a function has to ask the
// system something first and that fails, the function fails too, because a guess could block the thread for good.
#pragma once

#include <climits>
#include <cstddef>
#include <cstdint>
#include <string>

#include "sockets.h"

namespace net {

/** Bytes that somebody else owns. */
struct Bytes {
  uint8_t* data;
  size_t size;
};

/** A socket's address. It travels through JavaScript as plain bytes, which only the functions below look into. */
struct Address {
  socklen_t size;
  sockaddr_storage storage;
};

/** What an address says, for people. */
struct AddressText {
  int family;
  std::string host;  // or the path of a UNIX address
  uint16_t port;
  uint32_t flowinfo;
  uint32_t scope_id;
};

enum class Interest { kRead, kWrite, kUrgent };

// Opening. Every descriptor is closed on exec; sockets and pipes start out blocking.
int OpenSocket(int family, int type, int protocol);
int OpenPair(int family, int type, int protocol, int (&fds)[2]);
int OpenPipe(int (&fds)[2]);
int Accept(int fd, Address& peer);
int Duplicate(int fd);
int Close(int fd);
/** Prepares a descriptor that somebody else may have opened. */
int TakeOver(int fd);

// The state of a descriptor.
int GetBlocking(int fd);  // 1 or 0
int SetBlocking(int fd, int blocking);
int Identify(int fd, int (&family_type_protocol)[3]);

// Waiting. 1 if ready, which includes hung up and failed; 0 if the time is over or a signal came.
int Poll(int fd, Interest interest, int timeout_ms);
/** -EAGAIN when a call that cannot be told not to wait would have to, else 0. */
int CheckReady(int fd, Interest interest);
/** 1 when the socket has an error that its next call will report. */
int HasFailed(int fd);
/** How long the socket's own SO_RCVTIMEO or SO_SNDTIMEO lets a call wait. What is no socket has none. */
constexpr int kForever = INT_MAX;
int TimeoutMs(int fd, Interest interest);

// Connecting.
int Bind(int fd, Address& address);
int Listen(int fd, int backlog);
/** -EINPROGRESS when it goes on by itself. Waits when the descriptor blocks. */
int Connect(int fd, Address& address);
/** The same for a blocking descriptor, without waiting. */
int StartConnect(int fd, Address& address);
int Shutdown(int fd, int how);
int TakeError(int fd);  // the error that a connection attempt or the network left, as -errno; 0 for none

// Moving bytes. Returns how many were moved; `from` and `to` may be null.
int Recv(int fd, Bytes buffer, int flags, Address* from);
int Send(int fd, Bytes data, int flags, const Address* to);
int Read(int fd, Bytes buffer);
int Write(int fd, Bytes data);
/** Whether a call with these flags waits on a blocking socket. */
bool MayWait(int flags);
/** 1 when a receive with these flags waits until the whole buffer is full. */
int WaitsForAll(int fd, int flags);
/** What a receive with these flags waits for. */
Interest InterestOfRecv(int flags);

// Options. Returns the number of bytes read, or 0.
int GetOption(int fd, int level, int option, Bytes value);
int SetOption(int fd, int level, int option, Bytes value);

// Addresses.
int GetSockName(int fd, Address& address);
int GetPeerName(int fd, Address& address);
AddressText Describe(const Address& address);
bool IsUnix(const Address& address);
/** Copies as many bytes of the system's own form as there is room for: how many it has. */
int CopyRaw(Address& address, Bytes to);
/** Takes the system's own form. -EINVAL when it is too short, too long or of another family. */
int MakeRaw(Address& address, int family, Bytes from);
/** -EINVAL when the path does not fit, and where there are no abstract names, when it is one or empty. */
int MakeUnix(Address& address, const std::string& path);
/**
 * Makes an IPv4 or IPv6 address, looking the host name up if it is one: that blocks. An empty host is any address.
 * A failed look-up returns one of libuv's numbers (UV_EAI_NONAME is -3008), which no errno uses.
 */
int MakeInet(Address& address, int family, const std::string& host, int port, int flowinfo, int64_t scope_id);

}  // namespace net
