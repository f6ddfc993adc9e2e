import { complaintsOf } from './program'

const isLinux = process.platform === 'linux'
const system = isLinux ? ['linux', 'posix'] : ['posix']

/** The headers over a Node-API that has a threadsafe function and nothing else, see native/threads.cc. */
describe('what helper threads and wake-ups do at once', () => {
  it.each(['thread', 'address,undefined'])(
    'has nothing that -fsanitize=%s finds, and loses no wake-up',
    (sanitizers) => expect(complaintsOf('threads', system, sanitizers, '-O0')).toBe(''),
    300_000,
  )
})

/** What a backend is given, used as its author would use it. */
describe('the headers', () => {
  it.each(['containers', 'deadlines', 'readiness', 'always-ready', 'poller'])(
    'do what native/%s.cc expects',
    (program) => {
      expect(complaintsOf(program, system, 'address')).toBe('')
    },
  )

  // Linux can run the others' as well.
  it.each(isLinux ? [system, ['posix']] : [system])('end the waits that are to end, with what %s has', (...systems) => {
    expect(complaintsOf('wakeups', systems, 'address')).toBe('')
  })
})
