// Mistakes in the tables and lists that all bindings share.
import { all, mutantsOf, own, program, suite } from './tests.mjs'

const of = (file, backend, ...tests) => mutantsOf(`packages/core/native/${file}`, [`${backend}/native`], ...tests)
const table = of('selectors/fd_table.h', 'poll', program('containers'), own('poll'), suite('poll'), all('no-memory'))
const tableOfSet = of('selectors/fd_table.h', 'epoll', program('containers'), own('epoll'), suite('epoll'))
const memoryOfSelect = of('selectors/memory.h', 'select', program('containers'), own('select'), suite('select'))
const memory = of('selectors/memory.h', 'poll', program('containers'), own('poll'), suite('poll'), all('no-memory'))
const ready = of(
  'selectors/ready_list.h',
  'poll',
  program('readiness'),
  suite('poll'),
  all('decorated', 'eaten-by-a-look'),
)
const uniqueFd = of('selectors/unique_fd.h', 'epoll', program('containers'), suite('epoll'), own('epoll'))
const kept = of('selectors/internal/kept.h', 'poll', program('readiness'), suite('poll'), all('eaten-by-a-look'))

export const tables = [
  table(
    'numbers of one page are confused with those of another',
    'return static_cast<size_t>(fd) / kFanOut % kFanOut;',
    'return 0;',
  ),
  table('lists reach up to 65536', 'static constexpr int kLow = 1024;', 'static constexpr int kLow = 1 << 16;'),
  table(
    'a root that grows forgets its branches',
    'if (branches_ > 0) std::memcpy(root, root_, branches_ * sizeof(Branch*));',
    '',
  ),
  tableOfSet(
    'what is erased is still there',
    'if (entry != nullptr) *entry = {};',
    'if (entry != nullptr) entry->value = {};',
  ),
  tableOfSet('only low ones are erased', 'if (entry != nullptr) *entry = {};', 'if (fd < limit_) *entry = {};'),
  table(
    'a branch is made anew for each page',
    'if (branch == nullptr) branch = Zeroed<Branch>(1);',
    'branch = Zeroed<Branch>(1);',
  ),
  tableOfSet(
    'high ones are not visited',
    'VisitEntry(first + static_cast<int>(i), page->entries[i], visit);',
    '(void)first;',
  ),
  memory(
    'there is always memory for a list',
    'if (items == nullptr) return false;',
    'if (items == nullptr) std::abort();',
  ),
  memoryOfSelect(
    'an inserted one takes the place of another',
    'std::memmove(static_cast<void*>(items_ + index + 1), items_ + index, (size_ - index) * sizeof(T));',
    '',
  ),
  memory(
    'new elements are anything',
    'std::memset(static_cast<void*>(items_ + size_), 0,',
    'std::memset(static_cast<void*>(items_ + size_), 0x55,',
  ),
  memory('there is always memory for an object', 'return Owned<T>(memory ? new', 'return Owned<T>(true ? new'),
  ready(
    'there is no end of the buffer',
    'if (size_ == capacity_) return false;',
    'if (size_ + 1 >= capacity_) return false;',
  ),
  ready('a descriptor is another', 'numbers_[2 * size_] = fd;', 'numbers_[2 * size_] = fd + 1;'),
  ready('what was hidden once is found for ever', '    found_hidden_ = false;\n', ''),
  ready(
    'what is merged is a pair of its own',
    'if (numbers_[2 * i] != fd) continue;\n      numbers_[2 * i + 1] |=',
    'continue;\n      numbers_[2 * i + 1] |=',
  ),
  ready('what is merged replaces what is there', 'numbers_[2 * i + 1] |= static', 'numbers_[2 * i + 1] = static'),
  uniqueFd('nothing is closed', 'if (fd_ >= 0) ::close(fd_);', ''),
  uniqueFd('what is given away is closed', '    int fd = fd_;\n    fd_ = -1;\n    return fd;', '    return fd_;'),
  uniqueFd('0 is not closed', 'if (fd_ >= 0) ::close(fd_);', 'if (fd_ > 0) ::close(fd_);'),
  kept(
    'modify() keeps an edge',
    'added->found &= added->events & (kOneShot | kEdgeTriggered) ? 0 : events;',
    'added->found &= events;',
  ),
  kept(
    'modify() keeps what nobody waits for',
    'added->found &= added->events & (kOneShot | kEdgeTriggered) ? 0 : events;',
    'added->found &= added->events & (kOneShot | kEdgeTriggered) ? 0 : ~0u;',
  ),
  kept(
    'modify() forgets everything',
    'added->found &= added->events & (kOneShot | kEdgeTriggered) ? 0 : events;',
    'added->found = 0;',
  ),
  kept('remove() keeps what was found', '    if (added->found != 0) Forget(fd);\n    Count', '    Count'),
  kept('what was removed counts', '    Count(added->events, -1);\n    added_.Erase(fd);', '    added_.Erase(fd);'),
  kept('nothing is kept', '    if (consuming_ == 0) return;\n', '    return;\n'),
  kept('a level is kept', 'return events & kEventPriority ? kExceptional : 0;', 'return ~0u;'),
  kept('errors are not kept', 'kExceptional = kEventPriority | kEventError', 'kExceptional = kEventPriority'),
  kept('what is found twice is pushed twice', 'if (added->found == 0) (void)found_', '(void)found_'),
  kept(
    'what was merged is merged again',
    '      added->found = 0;\n    }\n    found_.Clear();',
    '    }\n    found_.Clear();',
  ),
  kept('what was merged stays', '    found_.Clear();\n', ''),
  kept(
    'a loop looks at what it eats',
    'bool fits_loop() const { return unfit_ == 0; }',
    'bool fits_loop() const { return true; }',
  ),
]
