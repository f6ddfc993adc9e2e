// Has each system call of @selectors/afd fail once, at each place, on Windows or under wine: `node --test
// tools/prebuild/afd-faults.mjs`, with the binding that `node tools/prebuild/faulty.mjs` makes.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

process.env.PREBUILDS_ONLY = '1'
process.env.SELECTORS_BINDINGS = fileURLToPath(new URL('../../packages/afd/faulty/prebuilds', import.meta.url))

const require = createRequire(import.meta.url)
const { AfdSelector, EVENT_READ, EVENT_WRITE, ONE_SHOT } = require('@selectors/afd')
const { socketpair } = require('@selectors/socket')

const BOTH = EVENT_READ | EVENT_WRITE

/** Errors of Windows, and the codes that they are called by. */
const NO_SYSTEM_RESOURCES = [1450, 'ENOMEM']
const ACCESS_DENIED = [5, 'EACCES']
const GEN_FAILURE = [31, 'EIO']
const STATUS_OBJECT_NAME_NOT_FOUND = [0xc0000034, 'ENOENT']
const STATUS_INSUFFICIENT_RESOURCES = [0xc000009a, 'ENOMEM']
const WSAEFAULT = [10014, 'EFAULT']

const faults = {
  NtCreateFile: [STATUS_OBJECT_NAME_NOT_FOUND, STATUS_INSUFFICIENT_RESOURCES],
  CreateIoCompletionPort: [NO_SYSTEM_RESOURCES, ACCESS_DENIED],
  DeviceIoControl: [NO_SYSTEM_RESOURCES, GEN_FAILURE],
  GetQueuedCompletionStatusEx: [NO_SYSTEM_RESOURCES, GEN_FAILURE],
  CancelIoEx: [GEN_FAILURE],
  SetFileCompletionNotificationModes: [GEN_FAILURE],
  WSAIoctl: [WSAEFAULT],
}

/**
 * Does everything once. A step that fails with `code` is repeated, and has to succeed then.
 *
 * @returns whether there was a call to fail
 */
function work(code, failed) {
  const ends = socketpair()
  const [first, second] = ends
  let selector
  const step = (call) => {
    try {
      return call()
    } catch (error) {
      assert.equal(error.code, code)
      failed.push(error.syscall)
      return call()
    }
  }
  try {
    selector = step(() => new AfdSelector())
    const masksOf = () => step(() => selector.select(1)).map(([{ fileobj }, mask]) => [ends.indexOf(fileobj), mask])
    step(() => selector.register(first, BOTH))
    assert.deepEqual(masksOf(), [[0, EVENT_WRITE]])
    second.send('x')
    step(() => selector.register(second, EVENT_READ))
    while (masksOf().every(([, mask]) => mask !== BOTH));
    modify(() => selector.modify(first, EVENT_READ))
    assert.deepEqual(masksOf(), [[0, EVENT_READ]])
    modify(() => selector.modify(first, EVENT_WRITE | ONE_SHOT))
    assert.deepEqual(masksOf(), [[0, EVENT_WRITE]])
    assert.deepEqual(
      step(() => selector.select(0)),
      [],
    )
    step(() => selector.unregister(first))
    assert.deepEqual(
      step(() => selector.select(0)),
      [],
    )
    step(() => selector.close())
    return process.env.FAIL === undefined

    /** The only call that unregisters if it is refused. */
    function modify(call) {
      step(() => {
        if (!selector.getMap().has(first.fileno())) selector.register(first, BOTH)
        return call()
      })
    }
  } finally {
    delete process.env.FAIL
    selector?.close()
    for (const end of ends) end.close()
  }
}

for (const [call, errors] of Object.entries(faults)) {
  for (const [error, code] of errors) {
    test(`${call} fails with ${code}`, () => {
      const failed = []
      let passes = 0
      do process.env.FAIL = `${call} ${error} ${passes++}`
      while (work(code, failed))
      assert.ok(passes > 1)
      // These make no difference but to what it costs.
      assert.equal(failed.length > 0, !['CancelIoEx', 'SetFileCompletionNotificationModes'].includes(call))
    })
  }
}
