// The least that a binding of epoll can be: a module of Node-API with a function that makes the system call and copies what it
// found. It keeps no registrations, checks nothing and cannot be ended, and so says what of the cost is Node's own.
#include <node_api.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "check.h"

enum { kMost = 20000 };

static int epoll;
static int count;
static struct epoll_event events[kMost];

// How many are ready, then their descriptors and events in turn.
static int32_t* found;

static napi_value Wait(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  found[0] = epoll_wait(epoll, events, count, 0);
  for (int i = 0; i < found[0]; i++) {
    found[2 * i + 1] = events[i].data.fd;
    found[2 * i + 2] = events[i].events;
  }
  return NULL;
}

// Takes the first descriptor, how many there are, and the Int32Array that Wait() writes to.
static napi_value Open(napi_env env, napi_callback_info info) {
  size_t size = 3;
  napi_value arguments[3];
  int first;
  Check(napi_get_cb_info(env, info, &size, arguments, NULL, NULL) == napi_ok, "napi_get_cb_info");
  Check(napi_get_value_int32(env, arguments[0], &first) == napi_ok, "the first descriptor");
  Check(napi_get_value_int32(env, arguments[1], &count) == napi_ok, "the number of descriptors");
  Check(napi_get_typedarray_info(env, arguments[2], NULL, NULL, (void**)&found, NULL, NULL) == napi_ok, "the array");
  epoll = epoll_create1(EPOLL_CLOEXEC);
  for (int fd = first; fd < first + count; fd++) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    Check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
  }
  return NULL;
}

static void Export(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  Check(napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, NULL, &function) == napi_ok, name);
  Check(napi_set_named_property(env, exports, name, function) == napi_ok, name);
}

NAPI_MODULE_INIT() {
  Export(env, exports, "open", Open);
  Export(env, exports, "wait", Wait);
  return exports;
}
