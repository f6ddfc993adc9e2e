import { writeSync } from 'node:fs'

export const BODY = 'Hello, world!'

/** The response to each request, byte by byte. */
export const RESPONSE = responseWith(BODY)

/** The response of one of several workers, from 1 on, whose last byte says which. */
export function responseOf(worker: number): string {
  return responseWith(`Hello from ${worker}`)
}

function responseWith(body: string): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** Says whether the first `length` bytes end a request, which has nothing but a head. */
export function endsRequest(bytes: Uint8Array, length: number): boolean {
  return bytes[length - 1] === 10 && bytes[length - 2] === 13 && bytes[length - 3] === 10 && bytes[length - 4] === 13
}

/** What a request may cost a server: so many steps of a computation whose result nobody needs, see c/server.c. */
export function compute(steps: number): number {
  let value = 1
  for (let i = 0; i < steps; i++) value = (Math.imul(value, 1664525) + 1013904223) | 0
  return value
}

/** Tells the harness that a server listens. At once: in a worker that blocks, the console has no turn. */
export function announce(port: number): void {
  writeSync(1, `ready ${port}\n`)
}
