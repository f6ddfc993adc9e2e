// A uv_poll_t of libuv for each descriptor. Its memory is asked for by size: the library may be another version than the headers.
#ifndef UV_POLL_H_
#define UV_POLL_H_

#include <uv.h>

#include "check.h"

static inline void Watch(int fd, uv_poll_cb on_ready, void* data) {
  uv_handle_t* handle = malloc(uv_handle_size(UV_POLL));
  Check(handle != NULL && uv_poll_init(uv_default_loop(), (uv_poll_t*)handle, fd) == 0, "uv_poll_init");
  uv_handle_set_data(handle, data);
  Check(uv_poll_start((uv_poll_t*)handle, UV_READABLE, on_ready) == 0, "uv_poll_start");
}

#endif  // UV_POLL_H_
