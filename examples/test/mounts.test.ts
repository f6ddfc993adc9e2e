import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backends, Program } from './program.ts'

// A table of one's own takes a kernel that lets anybody have one.
const own = ['unshare', '--user', '--map-root-user', '--mount']
const allowed = spawnSync(own[0] as string, [...own.slice(1), 'true']).status === 0
const place = mkdtempSync(join(tmpdir(), 'selectors-mounts-'))
afterAll(() => rmdirSync(place))

const name = `tells what is mounted and unmounted, on %s${allowed ? '' : ': not run, because it needs user namespaces'}`
;(allowed ? it.each(backends) : it.skip.each(backends))(name, async (backend) => {
  const program = new Program('mounts', [], { backend, through: own })
  await program.line(/^\d+ mounts$/)
  const inside = ['--target', String(program.pid), '--user', '--mount', '--preserve-credentials']
  for (let round = 0; round < 3; round++) {
    execFileSync('nsenter', [...inside, 'mount', '-t', 'tmpfs', `round-${round}`, place])
    await program.line(new RegExp(`^mounted: round-${round} ${place} tmpfs$`))
    execFileSync('nsenter', [...inside, 'umount', place])
    await program.line(new RegExp(`^unmounted: round-${round} ${place} tmpfs$`))
  }
  const before = program.cpuTime()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(program.cpuTime() - before).toBeLessThan(0.15)
})
