import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const workspace = join(__dirname, '..', 'workspace.mjs')

it('names every tool that is missing, with the remedy, before it does anything', () => {
  const path = mkdtempSync(join(tmpdir(), 'selectors-path-'))
  symlinkSync(process.execPath, join(path, 'node'))
  const env = { PATH: path }
  const { status, stdout, stderr } = spawnSync(process.execPath, [workspace, 'build'], { env, encoding: 'utf8' })
  rmSync(path, { recursive: true })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/Missing:\n {2}- a C\+\+17 compiler.*\n {2}- make\n {2}- python3.*\n/)
  expect(stderr).toContain('apt install g++ make python3')
})
