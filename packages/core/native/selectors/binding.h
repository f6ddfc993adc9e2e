#ifndef SELECTORS_BINDING_H_
#define SELECTORS_BINDING_H_

#include <napi.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <utility>

#include "selectors/internal/call.h"
#include "selectors/internal/callback.h"
#include "selectors/internal/loop_queue.h"
#include "selectors/internal/may_run.h"
#include "selectors/memory.h"
#include "selectors/internal/poller.h"
#include "selectors/ready_list.h"
#include "selectors/internal/reference.h"
#include "selectors/internal/wakeup.h"

// Turns a backend, a plain class that knows neither V8 nor Node-API, into a Node-API module:
//
//   static constexpr uint32_t kEvents;                 the events and modes that it has; it is never given others
//   static constexpr bool kHoldsFiles = false;         if a wait does not keep files open that are closed meanwhile; left out if
//                                                      it does
//   int Open();                                        creates the kernel's queue; 0
//   int OpenAny();                                     the same, and also accepts descriptors that cannot be waited for, as
//                                                      always ready; left out if Open() does so, or if it is impossible
//   int Fileno();                                      its descriptor, or -ENOTSUP
//   int Add(int fd, uint32_t events);                  0
//   int Modify(int fd, uint32_t events);               0
//   int Remove(int fd);                                0
//   int Wait(Nanoseconds timeout, ReadyList& ready);   waits once, from 0 to kLongestWait; returns how many pairs were pushed,
//                                                      or -EINTR to be called again with the time that is left
//   int Close();                                       0; may be called twice
//   int Lost();                                        a descriptor of its own that other code has closed, or -1; may be
//                                                      left out
//
// Each may return -errno. `fd` is 0 or more, no descriptor is added twice, and Modify and Remove come after Add. No two
// methods of one object run at once, though Wait() may run in a helper thread, which is then woken by a descriptor that was
// added like any other. The object is destroyed without Close() when its thread ends.
//
// `package` is the name in package.json. Bindings are found by the names of their files, which a bundle or a copy may mix up, so
// each binding says which package it belongs to.
//
// The other export, under the name in kWakeupTable, is for other copies of this code in the process.
#define SELECTORS_BACKEND(Backend, package)                                \
  extern "C" NAPI_MODULE_EXPORT void* selectors_wakeups_1() {              \
    return ::selectors::OwnWakeupTable();                                  \
  }                                                                        \
  static Napi::Object Init##Backend(Napi::Env env, Napi::Object exports) { \
    return ::selectors::Binding<Backend>::Init(env, exports, package);     \
  }                                                                        \
  NODE_API_MODULE(NODE_GYP_MODULE_NAME, Init##Backend)

namespace selectors {

// The number of this interface. native-binding.ts has the other half: INTERFACE.
constexpr uint32_t kInterface = 1;

// There is one for each environment (thread): its backend objects by id, and the memory through which they are called.
//
// Every Node-API call may fail, because a thread may be told to end at any moment, even while it loads this module. So
// every status is checked, and after a failure nothing more is done: no JavaScript will see it.
template <class Backend>
class Binding {
 public:
  Binding() = default;
  Binding(const Binding&) = delete;
  Binding& operator=(const Binding&) = delete;
  ~Binding() {
    for (Entry* entry : entries_) Owned<Entry>{entry};
  }

  static Napi::Object Init(napi_env env, Napi::Object exports, const char* package) {
    auto binding = std::make_unique<Binding>();
    const auto finalize = [](napi_env, void* data, void*) {
      std::unique_ptr<Binding> ended(static_cast<Binding*>(data));
    };
    if (!binding->call_.Make(env, exports) || !binding->may_run_.Make(env)) return exports;
    if (napi_set_instance_data(env, binding.get(), finalize, nullptr) != napi_ok) return exports;
    binding.release();
    Identify(env, exports, package);
    Export<&Binding::Open>(env, exports, "open");
    Export<&Binding::Fileno>(env, exports, "fileno");
    Export<&Binding::Add>(env, exports, "add");
    Export<&Binding::Modify>(env, exports, "modify");
    Export<&Binding::Remove>(env, exports, "remove");
    Export<&Binding::Wait>(env, exports, "wait");
    Export<&Binding::Close>(env, exports, "close");
    Export<&Binding::Attach>(env, exports, "attach");
    Export<&Binding::SetAlarm>(env, exports, "setAlarm");
    Export<&Binding::Arm>(env, exports, "arm");
    Export<&Binding::Disarm>(env, exports, "disarm");
    Export<&Binding::KeepAlive>(env, exports, "keepAlive");
    Export<&Binding::Wake>(env, exports, "wake");
    Export<&Binding::Lost>(env, exports, "lost");
    Export<&Binding::Publish>(env, exports, "publish");
    Export<&Binding::WakePublished>(env, exports, "wakePublished");
    return exports;
  }

 private:
  struct Entry {
    selectors::Poller<Backend> poller;
    // Keeps the memory that the object writes to alive.
    Reference ready;
    // Its Wait() is on the stack. It enters JavaScript after each slice, and a debugger may evaluate code there that calls it again.
    bool waits = false;
  };

  int Open(napi_env env, napi_callback_info) {
    size_t id = 0;
    while (id < entries_.size() && entries_[id] != nullptr) id++;
    if (id == entries_.size() && !entries_.Push(nullptr)) return -ENOMEM;
    Owned<Entry> entry = Make<Entry>();
    if (!entry) return -ENOMEM;
    int result = entry->poller.Open(call_.flag(), call_.events() & kLoopCanBeWatched ? LoopQueueOf(env) : -1);
    if (result < 0) return result;
    entries_[id] = entry.release();
    return static_cast<int>(id);
  }

  int Fileno(napi_env, napi_callback_info) {
    return OnPoller([](auto& poller) { return poller.Fileno(); });
  }

  int Add(napi_env, napi_callback_info) {
    return OnPoller([&](auto& poller) { return poller.Add(call_.fd(), call_.events()); });
  }

  int Modify(napi_env, napi_callback_info) {
    return OnPoller([&](auto& poller) { return poller.Modify(call_.fd(), call_.events()); });
  }

  int Remove(napi_env, napi_callback_info) {
    return OnPoller([&](auto& poller) { return poller.Remove(call_.fd()); });
  }

  int Wait(napi_env env, napi_callback_info) {
    Entry* entry = Find();
    if (int refusal = Refusal(entry)) return refusal;
    entry->waits = true;
    int result = entry->poller.Wait(call_.timeout(), [&] { return may_run_(env); });
    entry->waits = false;
    return result;
  }

  int Close(napi_env, napi_callback_info) {
    Entry* entry = Find();
    if (!entry) return 0;
    if (int refusal = Refusal(entry)) return refusal;
    Owned<Entry> closed(std::exchange(entries_[call_.id()], nullptr));
    return closed->poller.Close();
  }

  int Attach(napi_env env, napi_callback_info info) {
    Entry* entry = Find();
    if (int refusal = Refusal(entry)) return refusal;
    napi_value array = Argument(env, info);
    napi_typedarray_type type = napi_uint8_array;
    size_t length = 0;
    void* numbers = nullptr;
    if (napi_get_typedarray_info(env, array, &type, &length, &numbers, nullptr, nullptr) != napi_ok) return -EINVAL;
    if (type != napi_int32_array) return -EINVAL;
    // After a transfer it has no memory.
    if (length < 2) return -EFAULT;
    if (!Keep(env, array, entry->ready)) return -EINVAL;
    entry->poller.SetReady(ReadyList(static_cast<int32_t*>(numbers), length));
    return 0;
  }

  int SetAlarm(napi_env env, napi_callback_info info) {
    Entry* entry = Find();
    if (int refusal = Refusal(entry)) return refusal;
    napi_ref function = nullptr;
    if (napi_create_reference(env, Argument(env, info), 1, &function) != napi_ok) return -EINVAL;
    Owned<Callback> callback = Make<Callback>(env, function);
    if (callback) return entry->poller.SetAlarm(env, std::move(callback), call_.flag());
    napi_delete_reference(env, function);
    return -ENOMEM;
  }

  int Arm(napi_env, napi_callback_info) {
    return OnPoller([](auto& poller) { return poller.Arm(); });
  }

  // These two do not touch the wait: a signal may be aborted, and unref() called, when select() must not be.
  int Disarm(napi_env, napi_callback_info) {
    Entry* entry = Find();
    return entry ? entry->poller.Disarm(call_.flag()) : -EBADF;
  }

  int KeepAlive(napi_env, napi_callback_info) {
    Entry* entry = Find();
    return entry ? entry->poller.KeepAlive(call_.flag()) : -EBADF;
  }

  int Wake(napi_env, napi_callback_info) {
    return OnPoller([](auto& poller) { return poller.Wake(); });
  }
  int Lost(napi_env, napi_callback_info) {
    return OnPoller([](auto& poller) { return poller.Lost(); });
  }
  int Publish(napi_env, napi_callback_info) {
    return OnPoller([&](auto& poller) { return poller.Publish(call_.token()); });
  }
  int WakePublished(napi_env, napi_callback_info) { return PublishedWakeups::Instance().Wake(call_.token()); }

  // The result of a method of the object that is called.
  template <class Method>
  int OnPoller(Method method) {
    Entry* entry = Find();
    if (int refusal = Refusal(entry)) return refusal;
    return method(entry->poller);
  }

  // Why an object cannot be called now; 0 if it can.
  static int Refusal(const Entry* entry) {
    if (!entry) return -EBADF;
    return entry->waits ? -EBUSY : 0;
  }

  Entry* Find() const { return call_.id() < entries_.size() ? entries_[call_.id()] : nullptr; }

  // The first and only one, or null, which Node-API refuses.
  static napi_value Argument(napi_env env, napi_callback_info info) {
    size_t argc = 1;
    napi_value argument = nullptr;
    return napi_get_cb_info(env, info, &argc, &argument, nullptr, nullptr) == napi_ok ? argument : nullptr;
  }

  // A plain callback rather than Napi::CallbackInfo, which costs more than the rest of a call: it asks for arguments, of which
  // there are none.
  template <int (Binding::*method)(napi_env, napi_callback_info)>
  static napi_value Invoke(napi_env env, napi_callback_info info) {
    void* data = nullptr;
    if (napi_get_instance_data(env, &data) != napi_ok || data == nullptr) return nullptr;
    auto* binding = static_cast<Binding*>(data);
    binding->call_.Answer((binding->*method)(env, info));
    return nullptr;
  }

  static void Identify(napi_env env, napi_value exports, const char* package) {
    napi_value name = nullptr;
    napi_value version = nullptr;
    if (napi_create_string_utf8(env, package, NAPI_AUTO_LENGTH, &name) != napi_ok) return;
    if (napi_create_uint32(env, kInterface, &version) != napi_ok) return;
    napi_set_named_property(env, exports, "package", name);
    napi_set_named_property(env, exports, "version", version);
  }

  template <int (Binding::*method)(napi_env, napi_callback_info)>
  static void Export(napi_env env, napi_value exports, const char* name) {
    napi_value function = nullptr;
    if (napi_create_function(env, name, NAPI_AUTO_LENGTH, Invoke<method>, nullptr, &function) != napi_ok) return;
    // Refused in a thread that is ending, which does not need it.
    napi_set_named_property(env, exports, name, function);
  }

  Call call_;
  MayRun may_run_;
  // By id; null for those that were closed.
  List<Entry*> entries_;
};

}  // namespace selectors

#endif  // SELECTORS_BINDING_H_
