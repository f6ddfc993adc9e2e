import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

it('the suite finds a selector that wakes all who wait for something exclusive', () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const suite = join(__dirname, 'fixtures', 'impartial.cjs')
  const { stdout, status } = spawnSync(process.execPath, ['--test-reporter=tap', suite], { env, encoding: 'utf8' })
  for (const wait of ['in select()', 'for selectAsync()']) {
    expect(stdout).toMatch(
      new RegExp(`not ok \\d+ - wakes fewer than all threads that wait ${wait.replace(/[()]/g, '\\$&')}$`, 'm'),
    )
  }
  expect(stdout.match(/^ *not ok .* - (?!wakes|exclusive|on a pipe|ImpartialSelector).*/gm) ?? []).toEqual([])
  expect(status).toBe(1)
}, 60_000)
