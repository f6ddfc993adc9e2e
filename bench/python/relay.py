"""relay PAIRS ACTIVE: the benchmark of libevent, see c/relay.c."""

import selectors
import socket
import sys

from rounds import answer_rounds, time_passes

FIRST = 3
pairs, active = map(int, sys.argv[1:])
sockets = [socket.socket(fileno=FIRST + i) for i in range(2 * pairs)]
readers = sockets[0::2]
writers = sockets[1::2]

selector = selectors.EpollSelector()
for i, reader in enumerate(readers):
    selector.register(reader, selectors.EVENT_READ, writers[(i + 1) % pairs])
for i in range(active):
    writers[i * pairs // active].send(b"!")


def relay():
    for key, _ in selector.select():
        key.data.send(key.fileobj.recv(1))


answer_rounds(time_passes(relay))
