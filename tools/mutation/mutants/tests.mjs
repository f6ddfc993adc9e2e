// Which tests are to notice, the quickest first. The first word is the package, the others are for jest.

/** The conformance suite without a kernel: quick, but nothing native. */
export const fake = ['core', 'test/conformance.test.ts', '-t', '(likeEpoll|likeSimple) ']
export const otherFakes = ['core', 'test/conformance.test.ts', '-t', '(likeSelect|likePoll) ']
export const units = [
  'core',
  'test/(abortion|base-selector|countdown|errors|events|fd-table|leftovers|open-waits|remedies|showing).test.ts',
]
/** A program that uses headers as a backend does, and those that do what helper threads do at once. */
export const program = (name) => ['core', 'test/native', '-t', name]
export const racing = ['core', 'test/native', '-t', 'helper threads']
/** Tests that end threads and processes: they take long, and fail on a machine that is too busy. */
const ENDS = 'end at once by|at any moment|while they load|idleness'
/** The conformance suite over a backend: on one kind of file objects, on the others, and what ends threads. */
export const suite = (name) => [name, 'test/conformance.test.ts', '-t', `^(?!.*(${ENDS}))\\w+ (on a pipe|[^o])`]
export const ends = (name) => [name, 'test/conformance.test.ts', '-t', ENDS]
export const onSockets = (name) => [name, 'test/conformance.test.ts', '-t', '^\\w+ on a (UNIX|TCP)']
/** What a backend or a package tests besides. */
export const own = (name) => [name, '--testPathIgnorePatterns', 'conformance|suite|copies|impartial|macos|systems']
export const all = (...files) => ['default', ...files.map((file) => `test/${file}.test.ts`)]
/** Of @selectors/socket: what is quick, and what ends threads and processes or has system calls fail. */
export const socket = ['socket', '--testPathIgnorePatterns', 'faults|crowded|termination|workers|signals|memory']
export const socketsEnds = ['socket', 'test/(faults|crowded|termination|workers|signals|memory).test.ts']

/** Makes mutants of one file: `what` the change does, `from` which code, which occurs once, `to` which. */
export const mutantsOf =
  (file, builds, ...tests) =>
  (what, from, to, ...more) => ({ file, what, from, to, builds, tests: [...tests, ...more] })
