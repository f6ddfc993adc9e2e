import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertSystemError, assertUnchanged, SOON, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, drain } from '../flow.js'

/** The kernel's queue, where it has a descriptor: a file object itself. */
export function queue(fixture: Fixture): void {
  const { it, create, keep, subject, supports } = fixture
  if (!supports.fileno) {
    it('has no fileno()', () => {
      assertEqual(() => 'fileno' in create(), false)
    })
    return
  }

  it('has a descriptor of its own', () => {
    const fds = [create(), create()].map(filenoOf)
    for (const fd of fds) assert.ok(Number.isInteger(fd) && fd >= 0, `${fd}`)
    assert.notEqual(fds[0], fds[1])
  })

  if (supports.pollable) pollable(fixture)
  else {
    it('cannot be waited on: another selector and its own find it ready at once, for all that they wait for', () => {
      const [outer, inner] = [create(), create()]
      for (const selector of [outer, inner]) {
        for (const events of [EVENT_READ, EVENT_WRITE, EVENT_READ | EVENT_WRITE]) {
          const key = selector.register(inner as never, events)
          assertReady(selector.select(), [key, events])
          assertEqual(() => selector.unregister(inner as never), key)
          assertReady(selector.select(0))
        }
      }
    })
  }

  it('can be unregistered from another selector once it is closed', () => {
    const [outer, inner] = [create(), create()]
    const key = outer.register(inner as never, EVENT_READ)
    inner.close()
    if (supports.closed.startsWith('ready')) assertReady(outer.select(0), [key, EVENT_READ])
    else assertReady(outer.select(0))
    assertEqual(() => outer.getKey(inner as never), key)
    assertEqual(() => outer.unregister(inner as never), key)
  })

  if (subject.simulated) return
  it('is not inherited by child processes', () => {
    // A child opens descriptors of its own, which are all below the number that is looked at.
    for (let fd = 0; fd < 200; ) {
      fd = openSync(devNull, 'r')
      keep({ close: () => closeSync(fd) })
    }
    const fd = filenoOf(create())
    const script = `try { fs.fstatSync(${fd}); console.log('open') } catch (error) { console.log(error.code) }`
    assertEqual(() => spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim(), 'EBADF')
  })
}

/** Where the queue can be waited on. */
function pollable(fixture: Fixture): void {
  const { it, create, open } = fixture

  it('is readable in another selector while something of its own is ready', () => {
    const [outer, inner] = [create(), create()]
    const ends = open()
    const key = outer.register(inner as never, EVENT_READ)
    assertEqual(() => key.fd, filenoOf(inner))
    assertReady(outer.select(0))
    const innerKey = inner.register(ends[0], EVENT_READ)
    assertReady(outer.select(0))
    deliver(fixture, ends, 'data')
    assertReady(outer.select(SOON), [key, EVENT_READ])
    assertReady(inner.select(0), [innerKey, EVENT_READ])
    drain(ends[0])
    // Until it is asked itself, it may still be readable for what was there.
    assertReady(inner.select(0))
    assertReady(outer.select(0.01))
    inner.modify(ends[0], EVENT_READ | EVENT_WRITE)
    assertEqual(() => selectAtLeast(outer, fixture.pair.duplex ? 1 : 0).length, fixture.pair.duplex ? 1 : 0)
    assertEqual(() => outer.unregister(inner as never), key)
  })

  it('refuses itself', () => {
    const selector = create()
    selector.register(open()[1], EVENT_WRITE)
    assertUnchanged(selector, () => {
      assertSystemError(() => selector.register(selector as never, EVENT_READ), ['EINVAL'], filenoOf(selector))
    })
  })

  it('refuses one that waits for it', () => {
    const [outer, inner] = [create(), create()]
    outer.register(inner as never, EVENT_READ)
    assertUnchanged(inner, () => {
      assertSystemError(() => inner.register(outer as never, EVENT_READ), ['ELOOP', 'EINVAL'], filenoOf(outer))
    })
    // Nothing has come of it that would be in the way.
    const ends = open()
    inner.register(ends[0], EVENT_READ)
    deliver(fixture, ends, 'data')
    assertEqual(() => outer.select(SOON).length, 1)
  })
}

function filenoOf(selector: { fileno?(): number }): number {
  return selector.fileno?.() ?? assert.fail('there is no fileno()')
}
