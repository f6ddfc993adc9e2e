"""ready MECHANISM COUNT READY FIRST: a pass is select(0) over COUNT descriptors from number FIRST on."""

import selectors
import sys

from backend import create
from rounds import answer_rounds, time_passes

count, ready, first = map(int, sys.argv[2:])
selector = create(sys.argv[1])
for fd in range(first, first + count):
    selector.register(fd, selectors.EVENT_READ)


def select():
    if len(selector.select(0)) != ready:
        raise AssertionError


answer_rounds(time_passes(select))
