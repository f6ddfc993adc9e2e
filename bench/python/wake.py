"""wake MEASURE: waits for replies from another process, see c/wake.c."""

import selectors
import socket
import statistics
import struct
import sys
import time

from rounds import answer_rounds

end = socket.socket(fileno=3)
selector = selectors.EpollSelector()
selector.register(end, selectors.EVENT_READ)


def ask():
    end.send(b"?")
    selector.select()
    woken = time.monotonic_ns()
    (sent,) = struct.unpack("q", end.recv(8))
    return woken - sent


def round_trip_round(count):
    start = time.monotonic_ns()
    for _ in range(count):
        ask()
    return (time.monotonic_ns() - start) / count


def latency_round(count):
    return statistics.median(ask() for _ in range(count))


answer_rounds(latency_round if sys.argv[1] == "latency" else round_trip_round)
