#ifndef AFD_ERROR_H_
#define AFD_ERROR_H_

#include <windows.h>

#include <cerrno>

// The negative errno of an error of Windows, whose numbers are not errno's.
inline int ErrorOf(DWORD error) {
  switch (error) {
    case ERROR_SUCCESS: return 0;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
    case ERROR_WORKING_SET_QUOTA:
    case ERROR_NOT_ENOUGH_QUOTA:
    case ERROR_COMMITMENT_LIMIT: return -ENOMEM;
    case ERROR_TOO_MANY_OPEN_FILES: return -EMFILE;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND: return -ENOENT;
    case ERROR_ACCESS_DENIED: return -EACCES;
    case ERROR_INVALID_HANDLE: return -EBADF;
    case ERROR_INVALID_FUNCTION:
    case ERROR_NOT_SUPPORTED: return -ENOSYS;
    default: return -EIO;
  }
}

inline int LastError() {
  return ErrorOf(::GetLastError());
}

#endif  // AFD_ERROR_H_
