import { execFileSync } from 'node:child_process'

const entry = JSON.stringify(require.resolve('@selectors/socket'))

/** Writes to a socket that nobody reads, in a program that no longer ignores SIGPIPE, as Node does until a listener has come and gone. */
const program = `
  const { AF_UNIX, Socket, socketpair } = require(${entry})
  const listener = () => {}
  process.on('SIGPIPE', listener).off('SIGPIPE', listener)
  const [first, second] = socketpair()
  second.close()
  const codes = [() => first.send('x'), () => first.sendAll('x'), () => new Socket(AF_UNIX).send('x')].map((call) => {
    try { call() } catch ({ code }) { return code }
  })
  console.log(JSON.stringify(codes))`

it('raises no SIGPIPE', () => {
  const output = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual(['EPIPE', 'EPIPE', expect.stringMatching(/^EPIPE|ENOTCONN$/)])
})
