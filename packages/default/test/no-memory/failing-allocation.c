// Preloaded: while the environment has FAILING_ALLOCATION="N MODULE", the Nth allocation of that module, and no other, fails, be it
// by malloc(3) or by C++'s `new`, which ends the process then. FAILED_ALLOCATION says that it did.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* memory, size_t size);

static char wanted[128];
static int left;

// The environment is asked each time, for JavaScript can change it.
static int fails(void* caller) {
  const char* failing = getenv("FAILING_ALLOCATION");
  if (failing == NULL) {
    wanted[0] = 0;
    return 0;
  }
  if (strcmp(failing, wanted) != 0) {
    strncpy(wanted, failing, sizeof wanted - 1);
    left = atoi(wanted);
  }
  const char* module = strchr(wanted, ' ');
  Dl_info info;
  if (left <= 0 || module == NULL || dladdr(caller, &info) == 0 || strstr(info.dli_fname, module + 1) == NULL) return 0;
  if (--left > 0) return 0;
  setenv("FAILED_ALLOCATION", "1", 1);
  return 1;
}

void* malloc(size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* memory, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(memory, size);
}

// operator new(std::size_t)
void* _Znwm(size_t size) {
  void* memory = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
  if (memory == NULL) abort();
  return memory;
}
