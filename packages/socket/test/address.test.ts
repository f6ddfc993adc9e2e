import { AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC } from '@selectors/socket'
import { decodeAddress, encodeAddress } from '../src/address.js'
import { formatAddress } from '../src/errors.js'
import { thrown } from './support'
import { itWhere, rows, system } from './system'

const through = (family: number, address: unknown) => decodeAddress(family, encodeAddress(family, address))

it.each(
  rows<[family: number, address: unknown]>(
    [
      [AF_INET, ['1.2.3.4', 65535]],
      [AF_INET6, ['fe80::1', 80, 0xfffff, 0xffffffff]],
      [AF_INET6, ['::', 0, 0, 0]],
      [AF_UNIX, '/some/päth'],
    ],
    system.abstractNames,
    [
      [AF_UNIX, '\0a\0b'],
      [AF_UNIX, ''],
    ],
  ),
)('goes through the system form and back: %j %j', (family, address) => {
  expect(through(family, address)).toEqual(address)
})

it.each([
  [AF_INET, ['', 1], ['0.0.0.0', 1]],
  [AF_INET, ['<broadcast>', 1], ['255.255.255.255', 1]],
  [AF_INET, ['255.255.255.255', 1], ['255.255.255.255', 1]],
  [AF_INET, ['localhost', 1], ['127.0.0.1', 1]],
  [AF_INET6, ['', 1], ['::', 1, 0, 0]],
])('is resolved as in Python: %j %j', (family, address, resolved) => {
  expect(through(family, address)).toEqual(resolved)
})

itWhere(system.shortHosts)('has a host in less than four parts', () => {
  expect(through(AF_INET, ['127.1', 1])).toEqual(['127.0.0.1', 1])
})

itWhere(system.scopes).each([
  [
    ['::1%1', 1],
    ['::1', 1, 0, 1],
  ],
  [
    ['fe80::1%lo', 1],
    ['fe80::1', 1, 0, 1],
  ],
  [
    ['fe80::1%lo', 1, 0, 7],
    ['fe80::1', 1, 0, 7],
  ],
])('has the scope that the host names, or the one that is given: %j %j', (address, resolved) => {
  expect(through(AF_INET6, address)).toEqual(resolved)
})

itWhere(!system.abstractNames).each(['', '\0a'])('is a path and nothing else: %j', (path) => {
  expect(thrown(() => encodeAddress(AF_UNIX, path))).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT' })
})

it.each<[culprit: string, address: unknown]>([
  ['port', ['::1', 65536]],
  ['port', ['::1', -1, 0, 0]],
  ['flowinfo', ['::1', 1, 0x100000]],
  ['flowinfo', ['::1', 1, -1]],
  ['scopeId', ['::1', 1, 0, 2 ** 32]],
  ['scopeId', ['::1', 1, 0, -1]],
  ['address', ['::1', 1, 0, 0, 0]],
])('names the part that is out of range: %s of %j', (culprit, address) => {
  const error = thrown(() => encodeAddress(AF_INET6, address))
  expect(error).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT', message: expect.stringMatching(`^${culprit} must be `) })
})

it.each([
  ['missing.invalid', /^EAI_/],
  ['münchen.invalid', /^EAI_/],
  ['x'.repeat(300), /^EAI_/],
  ['::1', /^EAI_/],
])('tells that the host %j has no IPv4 address', (host, code) => {
  const error = thrown(() => encodeAddress(AF_INET, [host, 1]))
  expect(error).toMatchObject({ name: 'SocketError', syscall: 'getaddrinfo', address: [host, 1] })
  expect(error.code).toMatch(code)
  expect(error.message).toContain(host)
})

it('has no addresses for other families', () => {
  expect(thrown(() => encodeAddress(AF_UNSPEC, ['127.0.0.1', 1]))).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT' })
})

it.each([
  [['127.0.0.1', 80] as const, '127.0.0.1:80'],
  [['::1', 80, 0, 0] as const, '[::1]:80'],
  ['/run/echo', '/run/echo'],
  ['\0echo', '@echo'],
])('is written as people do: %j', (address, text) => {
  expect(formatAddress(address)).toBe(text)
})
