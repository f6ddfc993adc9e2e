import { writeSync } from 'node:fs'

export const BODY = 'Hello, world!'

/** The response to each request, byte by byte. */
export const RESPONSE = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`

/** Says whether the first `length` bytes end a request, which has nothing but a head. */
export function endsRequest(bytes: Uint8Array, length: number): boolean {
  return bytes[length - 1] === 10 && bytes[length - 2] === 13 && bytes[length - 3] === 10 && bytes[length - 4] === 13
}

/** Tells the harness that a server listens. At once: in a worker that blocks, the console has no turn. */
export function announce(port: number): void {
  writeSync(1, `ready ${port}\n`)
}
