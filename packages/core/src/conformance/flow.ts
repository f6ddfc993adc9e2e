import assert from 'node:assert/strict'
import { EVENT_READ } from '../program.js'
import { sleep } from './clock.js'
import { assertEqual, selectAtLeast } from './expect.js'
import type { Fixture } from './fixture.js'
import type { End } from './subject.js'

/** Returns a wait that has begun: if its test fails before looking at it, closing its selector rejects it. */
export function begun<Value>(wait: Promise<Value>): Promise<Value> {
  wait.catch(() => {})
  return wait
}

/** Reads all that has arrived. */
export function drain(end: End): string {
  const chunks: Buffer[] = []
  for (let chunk = end.read(); chunk !== undefined && chunk.length > 0; chunk = end.read()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const QUIET_ROUNDS = 3

/** Writes until the system accepts nothing more, even after the other side had time to enlarge its buffer, as TCP does. */
export function fill(end: End): void {
  const chunk = Buffer.alloc(1 << 16)
  for (let quiet = 0; quiet < QUIET_ROUNDS; quiet++) {
    while (end.write(chunk) > 0 || end.write(chunk.subarray(0, 1)) > 0) quiet = 0
    sleep(0.002)
  }
}

/** Writes, and waits with a selector of its own until that can be read. */
export function deliver({ create }: Pick<Fixture, 'create'>, [reader, writer]: [End, End], data: string): void {
  assertEqual(() => writer.write(data), data.length)
  const selector = create()
  selector.register(reader, EVENT_READ)
  assert.equal(selectAtLeast(selector, 1).length, 1, 'what was written does not arrive')
  selector.close()
}
