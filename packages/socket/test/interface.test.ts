import { constants } from 'node:os'
import { AF_INET, AF_UNIX, SOCK_STREAM, Socket } from '@selectors/socket'
import { binding } from '../src/binding.js'
import { Closing } from './support'

// Whatever calls it, the binding writes to no memory that it was not given.

const EINVAL = constants.errno.EINVAL
const closing = new Closing()
afterEach(() => closing.close())

const size = () => binding().addressSize

it.each<[what: string, address: () => unknown]>([
  ['one byte less', () => new Uint8Array(size() - 1)],
  ['one byte more', () => new Uint8Array(size() + 1)],
  ['nothing in it', () => new Uint8Array(0)],
  ['another sign', () => new Int8Array(size())],
  ['larger elements', () => new Uint32Array(size())],
  ['no view', () => new ArrayBuffer(size())],
  ['another view', () => new DataView(new ArrayBuffer(size()))],
  ['a list', () => Array.from({ length: size() }, () => 0)],
  ['nothing', () => undefined],
])('an address is refused that has %s', (_, make) => {
  const fd = closing.add(new Socket(AF_INET, SOCK_STREAM)).fileno()
  const { bind, getSockName, makeInet, makeRaw, makeUnix, readAddress, copyRaw } = binding()
  const address = make() as Uint8Array
  const before = JSON.stringify(address)
  expect([
    bind(fd, address),
    getSockName(fd, address),
    makeInet(address, AF_INET, '1.2.3.4', 80, 0, 0),
    makeRaw(address, AF_INET, Buffer.alloc(16)),
    makeUnix(address, 'path'),
    readAddress(address, new Int32Array(4)),
    copyRaw(address, Buffer.alloc(16)),
  ]).toEqual(Array(7).fill(-EINVAL))
  expect(JSON.stringify(address)).toBe(before)
})

it.each<[what: string, make: (length: number) => unknown]>([
  ['one number less', (length) => new Int32Array(length - 1)],
  ['one number more', (length) => new Int32Array(length + 1)],
  ['other numbers', (length) => new Uint32Array(length)],
  ['smaller numbers', (length) => new Int8Array(length)],
  ['a list', (length) => Array.from({ length }, () => 0)],
])('room for numbers is refused that has %s', (_, make) => {
  const fd = closing.add(new Socket(AF_INET, SOCK_STREAM)).fileno()
  const room = (length: number) => make(length) as Int32Array
  const { identify, pair, pipe, readAddress } = binding()
  expect([
    pipe(room(2)),
    pair(AF_UNIX, SOCK_STREAM, 0, room(2)),
    identify(fd, room(3)),
    readAddress(new Uint8Array(size()), room(4)),
  ]).toEqual(Array(4).fill(-EINVAL))
})
