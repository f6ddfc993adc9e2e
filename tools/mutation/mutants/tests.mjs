// Which tests are to notice, the quickest first. The first word is the package, the others are for jest.
const FIRST_KINDS =
  '(EpollSelector|PollSelector|SelectSelector) (on a pipe|on a UNIX|wake-up|descriptors|files|signals|the queue)'

/** The conformance suite without a kernel: quick, but nothing native. */
export const fake = [
  'core',
  'test/conformance.test.ts',
  '-t',
  '(likeEpoll|likeSelect|likeSimple) (on a fake socket pair|wake-up|bad input)',
]
export const core = ['core', 'test/base-selector', 'test/fd-table', 'test/errors', 'test/expect', 'test/layers']
export const suite = (name) => [name, 'test/conformance.test.ts', '-t', FIRST_KINDS]
export const threads = (name) => [
  name,
  'test/conformance.test.ts',
  '-t',
  'on a pipe (threads|leaks|wake-up|the event loop)|Selector (threads|leaks|wake-up|the event loop)',
]
export const own = {
  epoll: ['epoll', '--testPathIgnorePatterns', 'conformance'],
  poll: ['poll', 'test/poll'],
  select: ['select', 'test/select'],
}
export const all = (...files) => ['default', ...files.map((file) => `test/${file}.test.ts`)]
