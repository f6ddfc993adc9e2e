"""What every contender in Python begins with: the protocol of src/runner/program.ts.

A contender prints `ready`, then replies to each line, a number of passes, with a line: nanoseconds for each pass.
"""

import sys
import time


def time_passes(a_pass):
    """Makes a round of a pass: how long each uses the processor."""

    def timed_round(count):
        start = time.process_time_ns()
        for _ in range(count):
            a_pass()
        return (time.process_time_ns() - start) / count

    return timed_round


def answer_rounds(a_round):
    print("ready", flush=True)
    for line in sys.stdin:
        print(a_round(int(line)), flush=True)
