"""churn OPERATION MECHANISM COUNT: a pass over COUNT descriptors from number 3 on, see c/churn.c."""

import sys
from selectors import EVENT_READ, EVENT_WRITE

from backend import create
from rounds import answer_rounds, time_passes

FIRST = 3
operation, mechanism = sys.argv[1:3]
fds = range(FIRST, FIRST + int(sys.argv[3]))
selector = create(mechanism)


def register_all():
    for fd in fds:
        selector.register(fd, EVENT_READ)
    for fd in fds:
        selector.unregister(fd)


def modify_all():
    for fd in fds:
        selector.modify(fd, EVENT_READ | EVENT_WRITE)
    for fd in fds:
        selector.modify(fd, EVENT_READ)


if operation == "modify":
    for fd in fds:
        selector.register(fd, EVENT_READ)
answer_rounds(time_passes(register_all if operation == "register" else modify_all))
