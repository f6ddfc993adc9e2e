#include <winsock2.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "afd/base_handle.h"
#include "afd/poll.h"
#include "afd/polls.h"
#include "afd/watched.h"
#include "selectors/binding.h"
#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/winsock.h"

namespace {

// AFD, the driver of Windows's sockets, and a completion port.
class Afd {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kOneShot;

  Afd() = default;
  Afd(const Afd&) = delete;
  Afd& operator=(const Afd&) = delete;
  ~Afd() {
    Close();
    table_.ForEach([](int, Watched* watched) { selectors::Owned<Watched>{watched}; });
  }

  int Open() {
    if (int result = selectors::StartWinsock()) return result;
    return polls_.Open();
  }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    HANDLE socket = nullptr;
    if (int result = BaseHandle::Of(fd, socket)) return result;
    selectors::Owned<Watched> watched = selectors::Make<Watched>(fd, events, socket);
    if (!watched || !table_.Reserve(fd) || !polls_.Reserve(count_ + 1)) return -ENOMEM;
    if (int result = polls_.Add(*watched)) return result;
    table_.Insert(fd, watched.release());
    count_++;
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    HANDLE socket = nullptr;
    if (int result = BaseHandle::Of(fd, socket)) return result;
    return polls_.Renew(**table_.Find(fd), socket, events);
  }

  int Remove(int fd) {
    selectors::Owned<Watched> watched(*table_.Find(fd));
    table_.Erase(fd);
    count_--;
    return polls_.Remove(*watched);
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    // What has been found before is polled for again, because it may have been read since.
    if (int result = polls_.Collect()) return result;
    if (int result = polls_.Start()) return result;
    // One that was cancelled ends soon, and cannot be polled for anew before that.
    if (polls_.has_due()) timeout = std::max(timeout, kLongestCancel);
    int taken = polls_.Take(timeout, [&](Watched& watched, uint32_t found) {
      uint32_t mask = FromAfdEvents(found, watched.events);
      if (mask == 0 || !ready.Push(watched.fd, mask)) return;
      if (watched.events & selectors::kOneShot) polls_.Spend(watched);
    });
    if (ready.size() > 0) return static_cast<int>(ready.size());
    if (taken < 0) return taken;
    return taken > 0 && polls_.has_due() ? -EINTR : 0;
  }

  int Close() {
    polls_.Close();
    return 0;
  }

 private:
  static constexpr selectors::Nanoseconds kLongestCancel = std::chrono::milliseconds(10);

  Polls polls_;
  selectors::FdTable<Watched*> table_;
  // How many are in the table.
  size_t count_ = 0;
};

}  // namespace

SELECTORS_BACKEND(Afd, "@selectors/afd")
