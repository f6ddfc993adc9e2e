// What holds memory and descriptors.
#include <fcntl.h>

#include <array>
#include <vector>

#include "expect.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/unique_fd.h"

namespace {

using namespace selectors;

template <class T>
std::vector<T> Copy(List<T>& list) {
  return {list.begin(), list.end()};
}

void ListsHoldWhatTheyAreGiven() {
  List<int> list;
  EXPECT(list.empty());
  for (int i = 1; i <= 4; i++) EXPECT(list.Push(10 * i));
  EXPECT(list.Insert(list.begin() + 1, 15));
  EXPECT((Copy(list) == std::vector<int>{10, 15, 20, 30, 40}));
  EXPECT(list.Insert(list.end(), 50));
  list.Erase(list.begin());
  list.Erase(list.begin() + 2);
  EXPECT((Copy(list) == std::vector<int>{15, 20, 40, 50}));
  list.Erase(list.end() - 1);
  EXPECT(list.back() == 40 && list.size() == 3 && !list.empty());
  list.Pop();
  EXPECT((Copy(list) == std::vector<int>{15, 20}));
  list.Clear();
  EXPECT(list.empty() && list.begin() == list.end());
}

void ListsGrowSeldom() {
  List<int> list;
  int moves = 0;
  for (int i = 0; i < 10'000; i++) {
    const int* before = list.data();
    const size_t room = list.size();
    EXPECT(list.Push(i));
    moves += list.data() != before && room > 0;
  }
  EXPECT(moves < 30);
  for (int i = 0; i < 10'000; i++) EXPECT(list[static_cast<size_t>(i)] == i);
  // What has been reserved needs no memory.
  List<int> reserved;
  EXPECT(reserved.Reserve(5000));
  const int* place = reserved.data();
  while (reserved.size() < 5000) EXPECT(reserved.Push(1));
  EXPECT(reserved.data() == place);
}

void WhatAListIsLongerByIsZero() {
  List<int> list;
  for (int i = 0; i < 5; i++) EXPECT(list.Push(7));
  EXPECT(list.Resize(2) && list.Resize(6));
  EXPECT((Copy(list) == std::vector<int>{7, 7, 0, 0, 0, 0}));
}

void AListWithoutMemoryIsAsItWas() {
  List<int> list;
  EXPECT(list.Push(1) && list.Push(2));
  // No machine has so much; the second is not to be taken for little.
  for (const size_t count : {SIZE_MAX / 8, SIZE_MAX / sizeof(int) + 2}) {
    EXPECT(!list.Reserve(count) && !list.Resize(count));
    EXPECT((Copy(list) == std::vector<int>{1, 2}));
  }
}

struct Counted {
  explicit Counted(int& living) : living_(living) { living_++; }
  ~Counted() { living_--; }
  int& living_;
};

struct Vast {
  std::array<char, 1ull << 46> bytes;
};

void ObjectsEndWithTheirOwners() {
  int living = 0;
  {
    Owned<Counted> one = Make<Counted>(living);
    std::shared_ptr<Counted> two = MakeShared<Counted>(living);
    std::shared_ptr<Counted> also = two;
    EXPECT(one && two && living == 2);
    two.reset();
    EXPECT(living == 2);
  }
  EXPECT(living == 0);
  EXPECT(!Make<Vast>() && !MakeShared<Vast>());
}

bool IsOpen(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

int OpenFile() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void DescriptorsAreClosedOnceWithTheirOwners() {
  // 0 is one as well.
  ::close(0);
  {
    UniqueFd lowest(OpenFile());
    EXPECT(lowest.get() == 0 && IsOpen(0));
  }
  EXPECT(!IsOpen(0));
  UniqueFd first(OpenFile());
  int other = -1;
  {
    UniqueFd fd(OpenFile());
    const int before = fd.get();
    other = OpenFile();
    fd.Reset(other);
    EXPECT(fd.get() == other && !IsOpen(before));
    EXPECT(fd.Release() == other && fd.get() == -1);
    fd.Reset();
    EXPECT(UniqueFd().get() == -1);
  }
  EXPECT(IsOpen(other) && IsOpen(first.get()));
  first.Reset();
  EXPECT(first.get() == -1 && !IsOpen(0));
  ::close(other);
}

void TablesHoldAnyDescriptor() {
  // Low ones; those around the first page, and around the first branch; what shares upper, middle or lower bits.
  const std::vector<int> fds = {0,     1,     7,     1023,   1024,   1279,    1280,          65535,
                                65536, 65537, 65792, 131072, 131079, 1 << 24, (1 << 24) + 7, 0x7fffffff};
  FdTable<int> table;
  for (const int fd : fds) {
    EXPECT(table.Find(fd) == nullptr);
    EXPECT(table.Insert(fd, fd ^ 1));
  }
  const auto visited = [&] {
    std::vector<int> found;
    table.ForEach([&](int fd, int value) {
      EXPECT(value == (fd ^ 1));
      found.push_back(fd);
    });
    return found;
  };
  EXPECT(visited() == fds);
  for (const int fd : fds) {
    EXPECT(table.Find(fd) != nullptr && *table.Find(fd) == (fd ^ 1));
    EXPECT(table.Find(fd ^ 2) == nullptr);
    table.Erase(fd);
    EXPECT(table.Find(fd) == nullptr);
    // What is not there needs no erasing.
    table.Erase(fd);
    table.Erase(fd ^ 2);
  }
  EXPECT(visited().empty());
  // In an order that makes the table grow in front of what is there.
  for (auto fd = fds.rbegin(); fd != fds.rend(); ++fd) EXPECT(table.Reserve(*fd) && table.Insert(*fd, *fd ^ 1));
  EXPECT(visited() == fds);
}

}  // namespace

int main() {
  DescriptorsAreClosedOnceWithTheirOwners();
  ListsHoldWhatTheyAreGiven();
  ListsGrowSeldom();
  WhatAListIsLongerByIsZero();
  AListWithoutMemoryIsAsItWas();
  ObjectsEndWithTheirOwners();
  TablesHoldAnyDescriptor();
}
