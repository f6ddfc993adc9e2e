/** What has to do with pipes and their ends. */
const ofPipes = ['hang-ups', 'events of a hang-up', 'one-shot', 'edge-triggered', 'modify()', 'leftovers']
/** What has to do with devices, directories and files that have a name. */
const ofFiles = ['files', 'special files', 'any descriptor']
/** What looks at a queue, or has the event loop look at it. The group named after the loop is about processes and threads that end. */
const ofQueues = ['the queue', 'any descriptor', 'selectAsync()']

/** Which groups of the suite a trait of the emulated kernels may make a difference to. */
export const groupsByTrait: Readonly<Record<string, readonly string[]>> = {
  'a queue is readable until it is asked, though what it has reported is over': ofQueues,
  'a queue learns a moment later that a queue in it is readable': ofQueues,
  'queues nest up to 10 deep, and by rising levels, which cycles of equal levels have': ofQueues,
  'a queue is taken into itself, and hangs': ofQueues,
  'timeouts are whole ticks of 10 ms and one more': ['timeouts', 'signals', 'select()'],
  'character devices other than terminals are EINVAL without NOTE_LOWAT of 1': ofFiles,
  '/dev/null and /dev/zero are ENODEV': ofFiles,
  'directories are EINVAL': ofFiles,
  'a named FIFO counts bytes, for both of its ends, and never ends': ofFiles,
  'either end of a pipe without the other is EPIPE for writing': ofPipes,
  'either end of a pipe without the other is EBADF for writing': ofPipes,
  'the writer of a full pipe is not told that its reader is gone': ofPipes,
  'the end of a revoked file is EV_EOF with EV_ONESHOT, and its filter is gone': [],
  'a pseudo-terminal does not tell that its other side is closed': [],
  'there is EVFILT_EXCEPT': ['priority', 'events and modes'],
  'EV_DELETE of a closed number is ENOENT, not EBADF': ['descriptors', 'unregister()', 'letting go'],
  'a queue is EPERM for writing, not EINVAL': [],
  'a queue is EOPNOTSUPP for writing, not EINVAL': [],
  'timeouts above 2^31 - 1 s are EINVAL': ['timeouts'],
  'timeouts above 1e8 s are EINVAL': ['timeouts'],
}

export function groupsOf(traits: readonly string[]): ReadonlySet<string> {
  return new Set(traits.flatMap((trait) => groupsByTrait[trait] ?? []))
}
