import { execFileSync } from 'node:child_process'
import {
  type Address,
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_UNIX,
  type Inet6Address,
  type InetAddress,
  type PipeEnd,
  pipe,
  type RawAddress,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
  socketpair,
} from '@selectors/socket'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const expectType = <_Same extends true>() => undefined

/** Checked by the compiler, never called. */
export function types(family: number, fd: number): void {
  const inet = new Socket(AF_INET)
  const inet6 = new Socket(AF_INET6, SOCK_DGRAM)
  const unix = new Socket(AF_UNIX)
  expectType<Equal<typeof inet, Socket<InetAddress>>>()
  expectType<Equal<typeof inet6, Socket<Inet6Address>>>()
  expectType<Equal<typeof unix, Socket<string>>>()
  expectType<Equal<ReturnType<typeof inet.accept>, [socket: Socket<InetAddress>, address: InetAddress]>>()
  expectType<Equal<ReturnType<typeof inet.dup>, Socket<InetAddress>>>()

  const netlink = new Socket(AF_NETLINK, SOCK_RAW)
  expectType<Equal<typeof netlink, Socket<RawAddress>>>()
  expectType<Equal<ReturnType<typeof netlink.getSockName>, Uint8Array>>()

  const some = new Socket(family)
  expectType<Equal<typeof some, Socket<Address>>>()
  const plain = new Socket()
  expectType<Equal<typeof plain, Socket<Address>>>()
  const named: Socket<InetAddress> = new Socket()
  // @ts-expect-error without a family it is AF_INET, whose addresses are not paths
  const path: Socket<string> = new Socket()
  // @ts-expect-error a family that is a plain number may have any addresses
  const claimed: Socket<InetAddress> = new Socket(family)
  // @ts-expect-error the family says what the addresses are
  const wrong: Socket<InetAddress> = new Socket(AF_UNIX)
  // @ts-expect-error a plain number does not say it
  const claimedPair: [Socket<string>, Socket<string>] = socketpair(family)
  // @ts-expect-error netlink has no ports
  netlink.bind(['localhost', 80])
  netlink.bind(Buffer.alloc(12))
  void [named, path, claimed, wrong, claimedPair]
  const taken = Socket.from(fd)
  expectType<Equal<typeof taken, Socket<Address>>>()
  const any: Socket = inet
  any.send('x')

  // What it takes for itself is another family on Windows.
  const pair = socketpair()
  expectType<Equal<typeof pair, [Socket, Socket]>>()
  const unixPair = socketpair(AF_UNIX)
  expectType<Equal<typeof unixPair, [Socket<string>, Socket<string>]>>()
  const somePair = socketpair(family)
  expectType<Equal<typeof somePair, [Socket, Socket]>>()
  const ends = pipe()
  expectType<Equal<typeof ends, [reader: PipeEnd, writer: PipeEnd]>>()

  // @ts-expect-error an IPv4 socket has no paths
  inet.bind('/path')
  // @ts-expect-error a UNIX socket has no ports
  unix.connect(['localhost', 80])
  // @ts-expect-error an IPv4 address has two parts
  inet.connect(['localhost', 80, 0, 0])
  // @ts-expect-error numbers are not sent
  inet.send(1)
  const length: Buffer = inet.getSockOpt(1, 2, 3)
  const value: number = inet.getSockOpt(1, 2)
  void [length, value]
}

it('has one identity in import and require, and loads no binding before it is used', () => {
  const program = `
    import { createRequire } from 'node:module'
    import * as imported from '@selectors/socket'
    import * as pairs from '@selectors/socket/pairs'
    const required = createRequire(import.meta.url)('@selectors/socket')
    const loaded = () => process.report.getReport().sharedObjects.some((path) => path.endsWith('.node'))
    const same = Object.keys(required).filter((name) => imported[name] !== required[name])
    const before = loaded()
    imported.pipe()
    console.log(JSON.stringify({ same, before, after: loaded(), pairs: Object.keys(pairs).includes('tcpPair') }))`
  const options = { cwd: `${__dirname}/..`, encoding: 'utf8' } as const
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], options)
  expect(JSON.parse(output)).toEqual({ same: [], before: false, after: true, pairs: true })
})
