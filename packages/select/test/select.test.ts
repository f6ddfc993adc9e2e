import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { EVENT_READ, EVENT_WRITE, SystemError, ValueError } from '@selectors/core'
import { SelectSelector } from '@selectors/select'
import { socketpair } from '@selectors/socket'

const FD_SETSIZE = 1024

let selector: SelectSelector
beforeEach(() => {
  selector = new SelectSelector()
})
afterEach(() => selector.close())

describe('FD_SETSIZE', () => {
  it.each([FD_SETSIZE, FD_SETSIZE + 1, 2 ** 31 - 1])('refuses fd %d at register', (fd) => {
    expect(() => selector.register(fd, EVENT_READ)).toThrow(ValueError)
    expect(() => selector.register(fd, EVENT_READ)).toThrow(
      `fd ${fd} is out of range: select(2) takes descriptors below FD_SETSIZE (1024) only`,
    )
    expect(selector.getMap().size).toBe(0)
    expect(selector.select(0)).toEqual([])
  })

  it.each(['unregister', 'modify', 'getKey'] as const)('leaves %s of such a number a KeyError', (method) => {
    expect(() => selector[method](FD_SETSIZE, EVENT_READ)).toThrow(
      expect.objectContaining({ code: 'ERR_SELECTOR_KEY', message: `${FD_SETSIZE} is not registered` }),
    )
  })

  it('takes the number below, which need not be open', () => {
    const key = selector.register(FD_SETSIZE - 1, EVENT_READ | EVENT_WRITE)
    expect(selector.getKey(FD_SETSIZE - 1)).toBe(key)
  })
})

/** FreeBSD and illumos look at every bit, and answer EBADF. The others leave the bits above as they were, whatever their state. */
const unlessChecked = ['linux', 'darwin', 'openbsd', 'netbsd'].includes(process.platform) ? it : it.skip

unlessChecked.each([
  ['for reading', 'pipe', 1],
  ['for both, which counts twice', 'socketpair', 3],
])('does not report a descriptor above the table of the process beside one that is ready %s', (_what, open, events) => {
  // In a process of its own, whose table is small.
  const program = `
    const { SelectSelector } = require('@selectors/select')
    const [reader, writer] = require('@selectors/socket').${open}()
    require('node:fs').writeSync(writer.fileno(), 'x')
    const selector = new SelectSelector()
    selector.register(reader, ${events})
    selector.register(${FD_SETSIZE - 1}, 3)
    console.log(selector.select(0.02).map(([key, mask]) => key.fileobj === reader && mask))`
  const stdout = execFileSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
  expect(stdout).toBe(`[ ${events} ]\n`)
})

it('says what an asynchronous wait and a wake-up lack when no number below FD_SETSIZE is free', () => {
  const program = `
    const { SelectSelector } = require('@selectors/select')
    const selector = new SelectSelector()
    for (let fd = 0; fd < 1024; ) fd = require('node:fs').openSync('/dev/null')
    try { selector.wakeup() } catch ({ message }) { console.log(message) }
    selector.selectAsync().catch(({ message }) => console.log(message))`
  const said = execFileSync('sh', ['-c', `ulimit -n 2000; exec '${process.execPath}' -e "$PROGRAM"`], {
    cwd: __dirname,
    env: { ...process.env, PROGRAM: program },
    encoding: 'utf8',
  })
  expect(said).toMatch(
    /^ERANGE: .*, wakeup: .* FD_SETSIZE \(1024\).*\nERANGE: .*, selectAsync: .* FD_SETSIZE \(1024\).*\n$/,
  )
})

describe('a descriptor that was closed while registered', () => {
  it('is named along with all others', () => {
    const fds = [0, 1, 2].map(() => openSync('/dev/null', 'r'))
    for (const fd of fds) selector.register(fd, EVENT_READ)
    for (const fd of fds.slice(1)) closeSync(fd)
    expect(() => selector.select(0)).toThrow(`fd ${fds[1]}, ${fds[2]} was closed: unregister it`)
    closeSync(fds[0] as number)
  })

  it('is named by every wait until it is unregistered', () => {
    const [socket, peer] = socketpair()
    const closed = openSync('/dev/null', 'r')
    selector.register(socket, EVENT_WRITE)
    selector.register(closed, EVENT_READ)
    closeSync(closed)
    for (let i = 0; i < 2; i++) {
      expect(() => selector.select(0)).toThrow(SystemError)
      expect(() => selector.select(0)).toThrow(
        `EBADF: bad file descriptor, select: fd ${closed} was closed: unregister it`,
      )
    }
    selector.unregister(closed)
    expect(selector.select(0)).toHaveLength(1)
    socket.close()
    peer.close()
  })
})

it('has no fileno()', () => {
  expect('fileno' in selector).toBe(false)
})
