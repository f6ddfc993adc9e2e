import { closeSync, openSync, readFileSync } from 'node:fs'
import { devNull } from 'node:os'
import type { SelectorKey } from '../../contract/selector-key.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import {
  assertEqual,
  assertReady,
  assertSystemError,
  assertThrows,
  assertUnchanged,
  assertWaits,
  keyError,
  NOT_OPEN,
  valueError,
} from '../expect.js'
import type { Fixture } from '../fixture.js'

/** FD_SETSIZE of select(2), wherever it bounds the numbers. */
const FD_SETSIZE = 1024
const BOTH = EVENT_READ | EVENT_WRITE

/** Descriptors of the operating system: regular files, and numbers beyond those that a process has. */
export function files({ it, create, open, keep, subject, supports }: Fixture): void {
  if (subject.simulated) return

  if (supports.regularFiles === 'until-end') {
    it('calls a regular file ready for reading until its end', () => {
      const selector = create()
      const fd = file(__filename)
      const key = selector.register(fd, EVENT_READ)
      for (const timeout of [0, null]) assertReady(selector.select(timeout), [key, EVENT_READ])
      readFileSync(fd)
      assertWaits(selector, 0.01)
    })

    it('calls a regular file always ready for writing', () => {
      const selector = create()
      const fd = file(__filename)
      const key = selector.register(fd, BOTH)
      assertReady(selector.select(0), [key, BOTH])
      readFileSync(fd)
      for (const timeout of [0, null]) assertReady(selector.select(timeout), [key, EVENT_WRITE])
    })
  } else {
    it(supports.regularFiles ? 'calls a regular file always ready' : 'refuses a regular file', () => {
      const selector = create()
      const other = selector.register(open()[1], EVENT_WRITE)
      const fd = file(__filename)
      if (supports.regularFiles) {
        const key = selector.register(fd, BOTH)
        for (const timeout of [0, null]) assertReady(selector.select(timeout), [key, BOTH], [other, EVENT_WRITE])
      } else {
        assertUnchanged(selector, () =>
          assertSystemError(() => selector.register(fd, EVENT_READ), ['EPERM', 'ENOTSOCK'], fd, 'regularFiles'),
        )
      }
    })
  }

  it('never reports a number far above those that the process has', () => {
    const selector = create()
    const other = selector.register(open()[1], EVENT_WRITE)
    const fd = supports.aboveFdSetSize ? 2 ** 31 - 1 : FD_SETSIZE - 1
    if (!supports.unopened) {
      assertUnchanged(selector, () => assertSystemError(() => selector.register(fd, BOTH), NOT_OPEN, fd, 'unopened'))
      return
    }
    const key = selector.register(fd, BOTH)
    if (supports.unopened === 'ready') assertReady(selector.select(0), [key, BOTH], [other, EVENT_WRITE])
    else unlessRefused(() => assertReady(selector.select(0), [other, EVENT_WRITE]))
    selector.unregister(other.fileobj)
    if (supports.unopened !== 'ready') unlessRefused(() => assertWaits(selector, 0.05))
    assertEqual(() => selector.unregister(fd), key)
    assertWaits(selector, 0.01)
  })

  if (supports.aboveFdSetSize) {
    it('watches more descriptors than FD_SETSIZE, and numbers above it', () => {
      const selector = create()
      const keys: SelectorKey[] = []
      while (keys.length <= FD_SETSIZE || keys.every(({ fd }) => fd <= FD_SETSIZE)) {
        keys.push(selector.register(open()[1], EVENT_WRITE))
      }
      const ready = keys.map((key) => [key, EVENT_WRITE] as const)
      assertReady(selector.select(0), ...ready)
      for (const key of keys.splice(0, FD_SETSIZE)) selector.unregister(key.fileobj)
      assertReady(selector.select(0), ...ready.slice(FD_SETSIZE))
    })
  } else {
    it('refuses FD_SETSIZE and above to register, and to register only', () => {
      const selector = create()
      selector.register(open()[1], EVENT_WRITE)
      while (file(devNull) < FD_SETSIZE);
      const high = file(devNull)
      for (const fd of [FD_SETSIZE, high, 2 ** 20, 2 ** 31 - 1]) {
        assertUnchanged(selector, () => {
          assertThrows(() => selector.register(fd, EVENT_READ), { ...valueError, message: new RegExp(`${fd}`) })
          assertThrows(() => selector.unregister(fd), keyError)
          assertThrows(() => selector.modify(fd, EVENT_READ), keyError)
          assertThrows(() => selector.getKey(fd), keyError)
          assertEqual(() => selector.getMap().has(fd), false)
        })
      }
    })
  }

  function file(path: string): number {
    const fd = openSync(path, 'r')
    keep({ close: () => closeSync(fd) })
    return fd
  }
}

/**
 * Makes an assertion, unless select() is refused: a closed number within the process's table of descriptors is EBADF, while
 * Linux does not look at one above. Both will do.
 */
function unlessRefused(assertion: () => void): void {
  try {
    assertion()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBADF') throw error
  }
}
