// What the programs here tell of what is not as it should be.
#ifndef EXPECT_H_
#define EXPECT_H_

#include <cstdio>
#include <cstdlib>

// Ends the program, which says where.
#define EXPECT(what)                                                \
  if (!(what)) {                                                    \
    std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what); \
    std::_Exit(1);                                                  \
  }

// More memory than there is, is none, as without a sanitizer.
extern "C" const char* __asan_default_options() {
  return "allocator_may_return_null=1";
}

#endif  // EXPECT_H_
