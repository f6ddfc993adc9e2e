import { BackendUnavailableError } from '@selectors/core'
import { KqueueSelector } from '@selectors/kqueue'

const elsewhere = ['darwin', 'freebsd', 'openbsd', 'netbsd', 'dragonfly'].includes(process.platform) ? it.skip : it

/** The package as it is built everywhere, without a library in the kernel's place. */
elsewhere('says why it cannot be constructed on another system, and what to use instead', () => {
  expect(() => new KqueueSelector()).toThrow(BackendUnavailableError)
  expect(() => new KqueueSelector()).toThrow(/works on macOS and the BSDs only, not on \w+: use @selectors\/default/)
})
