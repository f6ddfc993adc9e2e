// What is to fail, and the functions by which a program says so.
#include "plan.h"

#include <errno.h>
#include <link.h>
#include <node_api.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

// Written while no call is made to fail. Calls may come from any thread.
static struct {
  atomic_bool on;
  // The code of the module whose calls count. Node makes such calls too.
  uintptr_t from, to;
  int call, error, which, times;
} plan;
static atomic_int made[CALLS];
static atomic_int failed;

bool FailsFrom(const void* caller, enum Call call) {
  if (!plan.on) return false;
  const uintptr_t place = (uintptr_t)caller;
  if (place < plan.from || place >= plan.to) return false;
  const int which = made[call]++;
  if ((int)call != plan.call || which < plan.which || which - plan.which >= plan.times) return false;
  failed++;
  errno = plan.error;
  return true;
}

struct Module {
  char name[64];
  uintptr_t from, to;
};

// Takes the first loaded file whose path ends with a name; the executable has no path here.
static int Find(struct dl_phdr_info* info, size_t size, void* data) {
  (void)size;
  struct Module* module = data;
  const size_t length = strlen(module->name);
  const size_t end = strlen(info->dlpi_name);
  if (length == 0 ? end > 0 : end < length || strcmp(info->dlpi_name + end - length, module->name) != 0) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr)* part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
    module->from = info->dlpi_addr + part->p_vaddr;
    module->to = module->from + part->p_memsz;
  }
  return 1;
}

static napi_value Number(napi_env env, int number) {
  napi_value value = NULL;
  napi_create_int32(env, number, &value);
  return value;
}

// (module, call, errno, which, times): returns 1, or 0 if the module is not loaded.
static napi_value Fail(napi_env env, napi_callback_info info) {
  size_t count = 5;
  napi_value arguments[5] = {0};
  int numbers[5] = {0};
  struct Module module = {0};
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_string_utf8(env, arguments[0], module.name, sizeof module.name, NULL);
  for (int i = 1; i < 5; i++) napi_get_value_int32(env, arguments[i], &numbers[i]);
  plan.on = false;
  const int found = dl_iterate_phdr(Find, &module);
  for (int i = 0; i < CALLS; i++) made[i] = 0;
  failed = 0;
  plan.from = module.from;
  plan.to = module.to;
  plan.call = numbers[1];
  plan.error = numbers[2];
  plan.which = numbers[3];
  plan.times = numbers[4];
  plan.on = found;
  return Number(env, found);
}

static napi_value Clear(napi_env env, napi_callback_info info) {
  (void)info;
  plan.on = false;
  return Number(env, failed);
}

static napi_value Made(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = NULL;
  int call = 0;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  napi_get_value_int32(env, argument, &call);
  return Number(env, made[call]);
}

static napi_value Failed(napi_env env, napi_callback_info info) {
  (void)info;
  return Number(env, failed);
}

// (resource, limit): sets the one that a process may raise again, and returns what it was; -1 is none.
static napi_value Limit(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2] = {0};
  int resource = 0;
  int64_t wanted = 0;
  struct rlimit limit = {0};
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_int32(env, arguments[0], &resource);
  napi_get_value_int64(env, arguments[1], &wanted);
  getrlimit(resource, &limit);
  napi_value before = NULL;
  napi_create_int64(env, (int64_t)limit.rlim_cur, &before);
  limit.rlim_cur = (rlim_t)wanted < limit.rlim_max ? (rlim_t)wanted : limit.rlim_max;
  setrlimit(resource, &limit);
  return before;
}

NAPI_MODULE_INIT() {
  const struct {
    const char* name;
    napi_callback body;
  } functions[] = {{"fail", Fail}, {"clear", Clear}, {"made", Made}, {"failed", Failed}, {"limit", Limit}};
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    napi_value function = NULL;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].body, NULL, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}
