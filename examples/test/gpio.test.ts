import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backends, Program } from './program.ts'

// In the place of a pin: an attribute of a cgroup, which is a file of the same kind (kernfs) and tells of changes in the same way.
const group = makeGroup()
afterAll(() => {
  if (group !== undefined) rmdirSync(group)
})

function makeGroup(): string | undefined {
  const [, root] = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/self/mounts', 'utf8')) ?? []
  try {
    return root === undefined ? undefined : mkdtempSync(join(root, 'selectors-'))
  } catch {
    return undefined
  }
}

const name = `tells of each edge, on %s${group ? '' : ': not run, because it needs root and a cgroup2 to write in'}`
;(group ? it.each(backends) : it.skip.each(backends))(name, async (backend) => {
  const program = new Program('gpio', ['--path', `${group}/cgroup.events`, '--edges', 4], { backend })
  await program.line(/is populated 0, frozen 0$/)
  const child = spawn('sleep', ['60'])
  writeFileSync(`${group}/cgroup.procs`, String(child.pid))
  await program.line(/^edge 1: populated 1, frozen 0$/)
  child.kill()
  await once(child, 'exit')
  await program.line(/^edge 2: populated 0, frozen 0$/)
  for (const frozen of [1, 0]) {
    writeFileSync(`${group}/cgroup.freeze`, String(frozen))
    await program.line(new RegExp(`^edge \\d: populated 0, frozen ${frozen}$`))
  }
  expect(await program.exited).toBe(0)
  expect(program.lines.at(-1)).toBe('edge 4: populated 0, frozen 0')
})

it('says that there is no such pin', async () => {
  const program = new Program('gpio', ['--path', join(tmpdir(), 'no-such-pin')])
  expect(await program.exited).toBe(1)
  expect(program.errors).toMatch(/^gpio\.js: ENOENT: .*no-such-pin'\n$/)
})
