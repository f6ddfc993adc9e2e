import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const emulation = join(__dirname, '..')
const libraries = join(emulation, 'build', 'Release')
const results = join(emulation, '.results')
const program = join(results, 'check')

/** As strict as a kernel, that is what the emulation has to be worth: else the binding over it proves nothing. */
if (process.platform !== 'linux') {
  it.todo('is for Linux only')
} else {
  mkdirSync(results, { recursive: true })
  const link = [`-L${libraries}`, `-Wl,-rpath,${libraries}`, '-lkqueue-emulation']
  const source = join(__dirname, 'check.c')
  const flags = ['-Wall', '-Wextra', `-I${join(emulation, 'include')}`]
  execFileSync(process.env.CC ?? 'cc', [...flags, source, '-o', program, ...link])

  const names = execFileSync(program, { encoding: 'utf8' }).trim().split('\n')
  it.each(names)('keeps to kqueue(2): %s', (name) => {
    const { status, stdout } = spawnSync(program, [name], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
}
