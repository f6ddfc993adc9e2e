import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertReady, assertSystemError, assertUnchanged, assertWaits, SOON } from '../expect.js'
import type { Fixture } from '../fixture.js'

const BOTH = EVENT_READ | EVENT_WRITE

/** Devices and named FIFOs: macOS waits for them as it waits for files, if at all. */
export function specialFiles({ it, create, open, keep, subject, supports }: Fixture): void {
  if (subject.simulated) return

  it(supports.devices ? 'are ready at all times if they are /dev/null' : 'are refused if they are /dev/null', () => {
    const selector = create()
    const idle = selector.register(open()[0], EVENT_READ)
    const fd = openFile(devNull, constants.O_RDWR)
    if (supports.devices) {
      const key = selector.register(fd, BOTH)
      for (const timeout of [0, null]) assertReady(selector.select(timeout), [key, BOTH])
      selector.unregister(fd)
    } else {
      const codes = ['EPERM', 'EINVAL', 'ENODEV', 'ENOTSOCK']
      assertUnchanged(selector, () => assertSystemError(() => selector.register(fd, EVENT_READ), codes, fd, 'devices'))
    }
    assertWaits(selector, 0.01)
    selector.unregister(idle.fileobj)
  })

  // It has none.
  if (process.platform === 'win32') return

  if (supports.namedFifos) {
    it('are waited for if they are named FIFOs, until the other end is gone', () => {
      const selector = create()
      const [reader, writer] = openFifo()
      const key = selector.register(reader, EVENT_READ)
      // It only sends, though there is something to read.
      selector.register(writer.fd, EVENT_READ)
      assertWaits(selector, 0.01)
      writeSync(writer.fd, 'data')
      assertReady(selector.select(SOON), [key, EVENT_READ])
      selector.unregister(writer.fd)
      readSync(reader, Buffer.alloc(10))
      assertWaits(selector, 0.01)
      writer.close()
      for (const timeout of [SOON, 0]) assertReady(selector.select(timeout), [key, EVENT_READ])
    })
  } else {
    it('are refused if they are named FIFOs, at either end', () => {
      const selector = create()
      const [reader, writer] = openFifo()
      for (const fd of [reader, writer.fd]) {
        assertUnchanged(selector, () =>
          assertSystemError(() => selector.register(fd, EVENT_READ), ['EINVAL'], fd, 'namedFifos'),
        )
      }
    })
  }

  /** Opens both ends of a FIFO, which has no name any more then. */
  function openFifo(): [reader: number, writer: { fd: number; close(): void }] {
    const directory = mkdtempSync(join(tmpdir(), 'selectors-'))
    try {
      const path = join(directory, 'fifo')
      assert.equal(spawnSync('mkfifo', [path]).status, 0, 'mkfifo has failed')
      const reader = openFile(path, constants.O_RDONLY | constants.O_NONBLOCK)
      let fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
      const writer = {
        fd,
        close() {
          if (fd >= 0) closeSync(fd)
          fd = -1
        },
      }
      return [reader, keep(writer)]
    } finally {
      rmSync(directory, { recursive: true })
    }
  }

  function openFile(path: string, flags: number): number {
    const fd = openSync(path, flags)
    keep({ close: () => closeSync(fd) })
    return fd
  }
}
