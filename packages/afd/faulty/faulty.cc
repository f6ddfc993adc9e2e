// The binding, with each call of the system's made to fail as the environment says: `FAIL=DeviceIoControl 1450 2` lets two such calls
// pass and has the next one fail with the error 1450, once.
#include <winsock2.h>
// After winsock2.h, which it needs.
#include <mswsock.h>
#include <windows.h>
#include <winternl.h>

#include <cstdio>
#include <cstring>

// Whether this call is to fail, and with which error; 0 if not.
static unsigned long Failure(const char* call) {
  char wanted[128];
  if (::GetEnvironmentVariableA("FAIL", wanted, sizeof wanted) == 0) return 0;
  char name[64];
  unsigned long error = 0;
  int passes = 0;
  if (std::sscanf(wanted, "%63s %lu %d", name, &error, &passes) != 3 || std::strcmp(name, call) != 0) return 0;
  std::snprintf(wanted, sizeof wanted, "%s %lu %d", name, error, passes - 1);
  ::SetEnvironmentVariableA("FAIL", passes > 0 ? wanted : nullptr);
  return passes > 0 ? 0 : error;
}

static bool Fails(const char* call) {
  const unsigned long error = Failure(call);
  if (error != 0) ::SetLastError(error);
  return error != 0;
}

template <class... Arguments>
static BOOL FaultyDeviceIoControl(Arguments... arguments) {
  return Fails("DeviceIoControl") ? FALSE : ::DeviceIoControl(arguments...);
}
template <class... Arguments>
static BOOL FaultyGetQueuedCompletionStatusEx(Arguments... arguments) {
  return Fails("GetQueuedCompletionStatusEx") ? FALSE : ::GetQueuedCompletionStatusEx(arguments...);
}
template <class... Arguments>
static HANDLE FaultyCreateIoCompletionPort(Arguments... arguments) {
  return Fails("CreateIoCompletionPort") ? nullptr : ::CreateIoCompletionPort(arguments...);
}
template <class... Arguments>
static BOOL FaultyCancelIoEx(Arguments... arguments) {
  return Fails("CancelIoEx") ? FALSE : ::CancelIoEx(arguments...);
}
template <class... Arguments>
static BOOL FaultySetFileCompletionNotificationModes(Arguments... arguments) {
  return Fails("SetFileCompletionNotificationModes") ? FALSE : ::SetFileCompletionNotificationModes(arguments...);
}
template <class... Arguments>
static int FaultyWSAIoctl(Arguments... arguments) {
  return Fails("WSAIoctl") ? SOCKET_ERROR : ::WSAIoctl(arguments...);
}
template <class... Arguments>
static NTSTATUS FaultyNtCreateFile(Arguments... arguments) {
  const unsigned long status = Failure("NtCreateFile");
  return status != 0 ? static_cast<NTSTATUS>(status) : ::NtCreateFile(arguments...);
}

#define DeviceIoControl FaultyDeviceIoControl
#define GetQueuedCompletionStatusEx FaultyGetQueuedCompletionStatusEx
#define CreateIoCompletionPort FaultyCreateIoCompletionPort
#define CancelIoEx FaultyCancelIoEx
#define SetFileCompletionNotificationModes FaultySetFileCompletionNotificationModes
#define WSAIoctl FaultyWSAIoctl
#define NtCreateFile FaultyNtCreateFile

#include "../native/afd.cc"
