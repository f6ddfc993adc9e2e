import { domainToASCII } from 'node:url'
import { checkBuffer, checkInt, refusal } from './arguments.js'
import { binding } from './binding.js'
import { AF_INET, AF_INET6, AF_UNIX } from './constants.js'
import { SocketError } from './errors.js'
import type { Address } from './families.js'

/** Room for an address that the system writes. */
export function newAddress(): Uint8Array {
  return new Uint8Array(binding().addressSize)
}

/**
 * The system's form of an address; looks a host name up, which blocks.
 *
 * @throws {ArgumentError} when the address is not one of this family
 * @throws {SocketError} `EAI_NONAME` and the like when the host has no address of this family
 */
export function encodeAddress(family: number, address: unknown): Uint8Array {
  if (family === AF_UNIX) return encodePath(address)
  if (family === AF_INET || family === AF_INET6) return encodeInet(family, address)
  return encodeRaw(family, address)
}

function encodeRaw(family: number, address: unknown): Uint8Array {
  const given = checkBuffer(address, 'address')
  const bytes = newAddress()
  if (binding().makeRaw(bytes, family, given) >= 0) return bytes
  throw refusal(given, 'address', `the whole sockaddr of family ${family}, sa_family included, at most 128 bytes`)
}

function encodePath(path: unknown): Uint8Array {
  if (typeof path !== 'string') throw refusal(path, 'address', 'a string, the path of a UNIX address')
  if (path.lastIndexOf('\0') > 0 && !path.startsWith('\0')) throw refusal(path, 'address', 'a path without NUL')
  const bytes = newAddress()
  if (binding().makeUnix(bytes, path) < 0) throw refusal(path, 'address', 'a path that fits in a UNIX address')
  return bytes
}

function encodeInet(family: number, address: unknown): Uint8Array {
  const four = family === AF_INET
  if (!Array.isArray(address) || address.length < 2 || address.length > (four ? 2 : 4)) {
    throw refusal(address, 'address', four ? '[host, port]' : '[host, port, flowinfo?, scopeId?]')
  }
  const [host, port, flowinfo = 0, scopeId = 0] = address as unknown[]
  if (typeof host !== 'string' || host.includes('\0')) throw refusal(host, 'host', 'a string without NUL')
  const bytes = newAddress()
  const result = binding().makeInet(
    bytes,
    family,
    asciiHost(host, four),
    checkInt(port, 'port', 0, 65535),
    checkInt(flowinfo, 'flowinfo', 0, 0xfffff),
    checkInt(scopeId, 'scopeId', 0, 0xffffffff),
  )
  if (result < 0) throw new SocketError(result, 'getaddrinfo', { address: [host, port as number] })
  return bytes
}

function asciiHost(host: string, four: boolean): string {
  if (host === '<broadcast>' && four) return '255.255.255.255'
  const ascii = /^[\0-\x7f]*$/.test(host) ? host : domainToASCII(host)
  // A name that has no ASCII form is refused: the empty host would mean any address.
  if (ascii === '' && host !== '') throw refusal(host, 'host', 'a host name')
  return ascii
}

const numbers = new Int32Array(4)

/** The address that the system wrote about a socket of this family; empty when it wrote none. */
export function decodeAddress(family: number, bytes: Uint8Array): Address {
  if (family !== AF_UNIX && family !== AF_INET && family !== AF_INET6) return decodeRaw(bytes)
  const host = binding().readAddress(bytes, numbers)
  const [written, port, flowinfo, scopeId] = numbers as unknown as [number, number, number, number]
  if (written === AF_INET) return [host, port]
  if (written === AF_INET6) return [host, port, flowinfo, scopeId >>> 0]
  return host
}

function decodeRaw(bytes: Uint8Array): Buffer {
  const raw = Buffer.alloc(binding().addressSize)
  return raw.subarray(0, binding().copyRaw(bytes, raw))
}
