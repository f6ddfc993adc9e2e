// What a libstdc++ that was made for glibc asks of it and musl has not got: enough for Bun, which needs a libstdc++, to run over musl
// where no such libstdc++ is to be had. Only for tests.
#include <stddef.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <time.h>

char __libc_single_threaded = 0;
unsigned __cpu_model[4];

int __cpu_indicator_init(void) {
  return 0;
}

// "Not found": libgcc looks by dl_iterate_phdr(3) then.
int _dl_find_object(void* address, void* found) {
  return -1;
}

int __cxa_thread_atexit_impl(void (*destroy)(void*), void* object, void* module) {
  return 0;
}

unsigned arc4random(void) {
  return (unsigned)rand();
}

unsigned long __getauxval(unsigned long type) {
  return getauxval(type);
}

size_t __strftime_l(char* text, size_t size, const char* format, const struct tm* time, void* locale) {
  return strftime(text, size, format, time);
}
