import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { preloaded } from '@selectors/faults'

// Each system call of the binding fails once with each error that it may report, in every operation that makes it. The operation
// fails with that error, names itself and its descriptor, loses nothing, and can be repeated; `tolerated` lists where it goes on.

/** What each call may fail with. EAI_SYSTEM without an errno is what `getaddrinfo` reports as OK. */
const codes = {
  accept: ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'ECONNABORTED', 'EPERM', 'EAGAIN', 'EINTR'],
  bind: ['EADDRINUSE', 'EACCES', 'ENOMEM', 'EINTR'],
  close: ['EIO', 'ENOSPC', 'EINTR'],
  connect: ['ECONNREFUSED', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EPERM', 'EINTR'],
  fcntl: ['EINVAL', 'EPERM', 'EMFILE', 'EINTR'],
  getaddrinfo: ['EMFILE', 'ENOMEM', 'OK', 'EINTR'],
  getpeername: ['ENOBUFS', 'ENOMEM', 'ENOTCONN', 'EINTR'],
  getsockname: ['ENOBUFS', 'ENOMEM', 'EINTR'],
  getsockopt: ['ENOBUFS', 'ENOMEM', 'ENOPROTOOPT', 'EINTR'],
  listen: ['EADDRINUSE', 'EINTR'],
  pipe: ['EMFILE', 'ENFILE', 'EINTR'],
  poll: ['ENOMEM', 'EINVAL', 'EFAULT', 'EAGAIN', 'EINTR'],
  read: ['EIO', 'EAGAIN', 'EINTR'],
  recv: ['ECONNREFUSED', 'ECONNRESET', 'ENOMEM', 'EAGAIN', 'EINTR'],
  recvfrom: ['ECONNREFUSED', 'ENOMEM', 'EAGAIN', 'EINTR'],
  send: ['ECONNRESET', 'ENOBUFS', 'ENOMEM', 'EPIPE', 'EAGAIN', 'EINTR'],
  sendto: ['ENETUNREACH', 'ENOBUFS', 'EAGAIN', 'EINTR'],
  setsockopt: ['ENOPROTOOPT', 'EDOM', 'ENOMEM', 'EINTR'],
  shutdown: ['ENOTCONN', 'ENOBUFS', 'EINTR'],
  socket: ['EMFILE', 'ENFILE', 'ENOBUFS', 'EACCES', 'EINTR'],
  socketpair: ['EMFILE', 'ENFILE', 'EINTR'],
  write: ['EIO', 'ENOSPC', 'EAGAIN', 'EINTR'],
} as const

interface Outcome {
  readonly value?: unknown
  readonly code?: string
  readonly [property: string]: unknown
}

interface Result {
  readonly name: string
  readonly syscall: string
  readonly call: keyof typeof codes
  /** The how manieth call of the operation failed, from 0. */
  readonly which: number
  readonly code: string
  /** How many of them failed in a row. */
  readonly times: number
  /** What the operation does when nothing fails. */
  readonly usual: Outcome
  readonly outcome: Outcome
  /** How many calls failed. */
  readonly failed: number
  readonly fd?: number
  /** The descriptor and the blocking mode of each file, before and after the operation. */
  readonly before: unknown
  readonly after: unknown
  /** How many descriptors there are more than before. */
  readonly left: number
  /** What a second attempt does, after one that failed. */
  readonly again?: Outcome
}

/** Where an operation does what it would do if nothing had failed. */
const tolerated: readonly [why: string, when: (result: Result) => boolean][] = [
  ['a signal interrupts nothing', ({ code }) => code === 'EINTR'],
  ['a blocking call waits', ({ call, code }) => code === 'EAGAIN' && call !== 'connect'],
  [
    'to have no peer is what connect() hopes for',
    ({ call, code, syscall }) => call === 'getpeername' && code === 'ENOTCONN' && syscall === 'connect',
  ],
  [
    'the blocking mode is restored by a second attempt',
    ({ name, call, which, times }) =>
      call === 'fcntl' && waitingConnects.includes(name) && (which === 3 || which === 4) && times === 1,
  ],
]

const waitingConnects = ['connect()', 'connect() to a path', 'connect() to a full backlog']

/** Where it does something else again. */
const special: readonly [why: string, when: (result: Result) => boolean, outcome: Outcome][] = [
  [
    'what was written is told; the next call fails',
    ({ name, call, which }) => name === 'write() in two parts' && which > (call === 'fcntl' ? 2 : 0),
    { value: 4096 },
  ],
  ['the resolver forgot to say why', ({ code }) => code === 'OK', { code: 'EAI_FAIL', syscall: 'getaddrinfo' }],
]

const results: Result[] = []

beforeAll(() => {
  const program = join(__dirname, 'faults', 'run.js')
  const options = {
    env: { ...process.env, ...preloaded },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 60_000,
    killSignal: 'SIGKILL',
  } as const
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, JSON.stringify(codes)], options)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  for (const line of stdout.trim().split('\n')) results.push(JSON.parse(line))
}, 120_000)

function expected(result: Result): Outcome {
  const other = special.find(([, when]) => when(result))
  if (tolerated.some(([, when]) => when(result))) return result.usual
  if (other) return other[2]
  const syscall = result.call === 'getaddrinfo' ? 'getaddrinfo' : result.syscall
  return { name: 'SocketError', code: result.code, syscall }
}

const operations = Object.entries(require('./faults/operations.js') as Record<string, [string]>)

it.each(Object.keys(codes))('%s fails in some operation', (call) => {
  expect(results.filter((result) => result.call === call).length).toBeGreaterThan(0)
})

it.each(operations.map(([name]) => name))(
  '%s tells a failure of each call that it makes, and leaves all as it was',
  (name) => {
    // How often a wait repeats its calls is a matter of time, so that a late one may not come. The first ones do.
    const own = results.filter((result) => result.name === name && (result.failed > 0 || result.which === 0))
    expect(own.length).toBeGreaterThan(0)
    for (const result of own) {
      const { call, which, code, times, outcome, failed, fd, before, after, left } = result
      const wanted = expected(result)
      const fault = { call, which, code, times }
      expect({ fault, failed: Math.min(failed, 1), outcome, left }).toMatchObject({
        fault,
        failed: 1,
        outcome: withoutMessage(wanted),
        left: name === 'close()' ? -1 : 0,
      })
      if (outcome.code === code && fd !== undefined && call !== 'getaddrinfo')
        expect(outcome.message).toContain(`fd ${fd}`)
      // Where the blocking mode could not be restored, the error is all that there is.
      if (outcome.code && name !== 'close()' && times === 1) expect({ fault, after }).toEqual({ fault, after: before })
    }
  },
)

/** A message has numbers of descriptors and ports in it. */
function withoutMessage({ message: _, ...outcome }: Outcome): Outcome {
  return outcome
}
