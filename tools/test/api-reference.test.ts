import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const directory = join(__dirname, '..', 'api-reference')

it('every export of every package is documented, and what its comment links to exists', () => {
  const typedoc = join(directory, 'node_modules/typedoc/bin/typedoc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--emit', 'none'], {
    cwd: directory,
    encoding: 'utf8',
  })
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
})
