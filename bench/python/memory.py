"""memory COUNT: how many bytes of this process each of COUNT registered descriptors takes, see src/programs/memory.ts."""

import gc
import resource
import selectors
import sys

from rounds import answer_rounds

SELECTORS = 20

fds = range(3, 3 + int(sys.argv[1]))


def resident_bytes():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def register_all():
    selector = selectors.EpollSelector()
    for fd in fds:
        selector.register(fd, selectors.EVENT_READ)
    selector.select(0)
    return selector


def bytes_for_each(_):
    before = resident_bytes()
    registered = [register_all() for _ in range(SELECTORS)]
    taken = resident_bytes() - before
    for selector in registered:
        selector.close()
    return taken / len(fds) / SELECTORS


answer_rounds(bytes_for_each)
