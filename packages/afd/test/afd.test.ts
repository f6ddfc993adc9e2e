import { AfdSelector } from '@selectors/afd'
import { BackendUnavailableError } from '@selectors/core'

const elsewhere = process.platform === 'win32' ? it.skip : it

elsewhere('says why it cannot be constructed on another system, and what to use instead', () => {
  expect(() => new AfdSelector()).toThrow(BackendUnavailableError)
  expect(() => new AfdSelector()).toThrow(/works on Windows only, not on \w+: use @selectors\/default/)
})

it('has no fileno()', () => {
  expect(AfdSelector.supports.fileno).toBe(false)
  expect(AfdSelector.prototype).not.toHaveProperty('fileno')
})
