import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

const EPOLL_PWAIT2 = 441
const TIMEOUT = 0.0123456

const results = join(__dirname, '..', '.results')
const withoutSyscall = join(results, 'without-syscall')

/** Selects for {@link TIMEOUT} in a process of its own; prints the nanoseconds that the shortest of some waits took. */
const program = `
  const { EpollSelector } = require('@selectors/epoll')
  const selector = new EpollSelector()
  let shortest = Infinity
  for (let i = 0; i < 40 && shortest >= 13e6; i++) {
    const start = process.hrtime.bigint()
    if (selector.select(${TIMEOUT}).length !== 0) throw new Error('nothing is registered')
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - start))
  }
  console.log(shortest)`

function shortestWait(...launcher: string[]): number {
  const [command, ...args] = [...launcher, process.execPath, '-e', program]
  return Number(execFileSync(command as string, args, { cwd: __dirname, encoding: 'utf8' }))
}

beforeAll(() => {
  mkdirSync(results, { recursive: true })
  execFileSync(process.env.CC ?? 'cc', ['-o', withoutSyscall, join(__dirname, 'without-syscall.c')])
})

it('is exact to less than a millisecond where the kernel has epoll_pwait2', () => {
  const nanoseconds = shortestWait()
  expect(nanoseconds).toBeGreaterThanOrEqual(TIMEOUT * 1e9)
  expect(nanoseconds).toBeLessThan(13_000_000)
})

it.each([
  ['ENOSYS', 'an older kernel'],
  ['EPERM', 'an older seccomp filter'],
] as const)('is rounded up to milliseconds when epoll_pwait2 is refused with %s, by %s', (code, _by) => {
  const nanoseconds = shortestWait(withoutSyscall, String(EPOLL_PWAIT2), String(constants.errno[code]))
  expect(nanoseconds).toBeGreaterThanOrEqual(13_000_000)
})
