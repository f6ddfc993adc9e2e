import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const directory = join(__dirname, '..', 'api-reference')
const written = mkdtempSync(join(tmpdir(), 'selectors-api-'))
afterAll(() => rmSync(written, { recursive: true }))

it('every export of every package is documented, and what its comment links to exists', () => {
  const typedoc = join(directory, 'node_modules/typedoc/bin/typedoc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--out', written], {
    cwd: directory,
    encoding: 'utf8',
  })
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
})

it('the reference names the errors that are thrown', () => {
  const page = readFileSync(join(written, '@selectors/core.md'), 'utf8')
  expect(page).toMatch(/^`SelectorClosedError` after `close\(\)`$/m)
  expect(page).toMatch(/^\(rejects\) `ValueError` if the timeout is NaN/m)
})
