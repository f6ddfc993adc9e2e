import { execFileSync, spawnSync } from 'node:child_process'
import { backends, Program } from './program.ts'

it.each(backends)('lists the interfaces on %s', async (backend) => {
  const program = new Program('interfaces', [], { backend })
  await program.line(/^interface \d+ lo is (up|down)$/)
  await program.line(/^watching$/)
  expect(program.lines.slice(0, -1).every((line) => /^interface \d+ \S+ is (up|down)$/.test(line))).toBe(true)
})

// A network of one's own takes a kernel that lets anybody have one.
const own = ['unshare', '--user', '--map-root-user', '--net']
const allowed = spawnSync(own[0] as string, [...own.slice(1), 'ip', 'link']).status === 0

;(allowed ? it : it.skip)('tells when one changes', async () => {
  const program = new Program('interfaces', [], { through: own })
  await program.line(/^interface 1 lo is down$/)
  await program.line(/^watching$/)
  const inside = ['--target', String(program.pid), '--user', '--net', '--preserve-credentials']
  execFileSync('nsenter', [...inside, 'ip', 'link', 'set', 'lo', 'up'])
  await program.line(/^interface 1 lo is up$/)
  execFileSync('nsenter', [...inside, 'ip', 'link', 'set', 'lo', 'down'])
  await program.line(/^interface 1 lo is down$/)
})
