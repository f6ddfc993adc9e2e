// As much of HTTP/1.1 (RFC 9112) as a file server needs.
import { STATUS_CODES } from 'node:http'
import type { Socket } from '@selectors/socket'
import { read } from './streams.js'

/** How long a head may be, in bytes, and how long a client may be silent, in seconds. */
const [LONGEST_HEAD, SILENCE] = [16_384, 60]

export interface Request {
  readonly method: string
  /** The path, decoded, without the query; `undefined` where it cannot be one. */
  readonly path: string | undefined
  readonly headers: ReadonlyMap<string, string>
  /** The client means to go on. */
  readonly keepAlive: boolean
}

/** Reads request after request, until the client ends or is silent; `undefined` is one that makes no sense, and the last. */
export async function* requests(socket: Socket): AsyncGenerator<Request | undefined> {
  let received = Buffer.alloc(0)
  for (;;) {
    const end = received.indexOf('\r\n\r\n')
    if (end >= 0) {
      const request = parse(received.toString('latin1', 0, end))
      received = received.subarray(end + 4)
      yield request
      if (request === undefined) return
      continue
    }
    if (received.length > LONGEST_HEAD) return yield undefined
    const data = await read(socket, SILENCE)
    if (data === undefined || data.length === 0) return
    received = Buffer.concat([received, data])
  }
}

/** Makes the head of a response. */
export function headOf(status: number, headers: Readonly<Record<string, string | number>>): Buffer {
  const fields = Object.entries({ Date: new Date().toUTCString(), ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return Buffer.from([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...fields, '', ''].join('\r\n'), 'latin1')
}

function parse(head: string): Request | undefined {
  const [requestLine = '', ...lines] = head.split('\r\n')
  const [, method, target, minor] = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(requestLine) ?? []
  const fields = lines.map((line) => /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line))
  if (method === undefined || target === undefined || fields.includes(null)) return undefined
  const headers = new Map(fields.map((field) => [String(field?.[1]).toLowerCase(), String(field?.[2])]))
  // A body is of no use here. Where it ends is not looked for, so that nothing comes after it.
  if (headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) !== 0) return undefined
  const connection = headers.get('connection')?.toLowerCase()
  const keepAlive = minor === '1' ? connection !== 'close' : connection === 'keep-alive'
  return { method, path: pathOf(target), headers, keepAlive }
}

function pathOf(target: string): string | undefined {
  try {
    const path = decodeURIComponent(target.replace(/^http:\/\/[^/]*/, '').replace(/[?#].*$/s, ''))
    return path.startsWith('/') && !path.includes('\0') ? path : undefined
  } catch {
    return undefined
  }
}

/**
 * Returns which bytes of `size` a Range header asks for, from the first one to behind the last; all of them if it asks for
 * something else, `undefined` if there are no such bytes.
 */
export function rangeOf(
  header: string | undefined,
  size: number,
): [start: number, end: number, part: boolean] | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return [0, size, false]
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  return start < end ? [start, end, true] : undefined
}
