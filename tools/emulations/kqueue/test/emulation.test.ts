import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const emulation = join(__dirname, '..')
const libraries = join(emulation, 'build', 'Release')
const results = join(emulation, '.results')

/** As strict as a kernel, that is what the emulation has to be worth: else the binding over it proves nothing. */
if (process.platform !== 'linux') {
  it.todo('is for Linux only')
} else {
  const { systems, traits } = require('..') as typeof import('..')
  mkdirSync(results, { recursive: true })
  const [check, ofTraits] = ['check', 'traits'].map(compiled) as [string, string]

  it('has a check of each trait but one, which takes a call of its own', () => {
    const unchecked = 'the end of a revoked file is EV_EOF with EV_ONESHOT, and its filter is gone'
    expect([...namesOf(ofTraits), unchecked].sort()).toEqual([...traits()].sort())
  })

  describe.each(systems)('on %s it', (system) => {
    it.each(namesOf(check))('keeps to kqueue(2): %s', (name) => passes(check, name))
    it.each(namesOf(ofTraits))('is as the table says: %s', (name) => passes(ofTraits, name))

    function passes(program: string, name: string): void {
      const env = { ...process.env, KQUEUE_SYSTEM: system }
      const { status, stdout } = spawnSync(program, [name], { encoding: 'utf8', env })
      expect(stdout).toBe('')
      expect(status).toBe(0)
    }
  })
}

function compiled(name: string): string {
  const program = join(results, name)
  const flags = ['-Wall', '-Wextra', '-D_GNU_SOURCE', `-I${join(emulation, 'include')}`]
  const link = [`-L${libraries}`, `-Wl,-rpath,${libraries}`, '-lkqueue-emulation']
  execFileSync(process.env.CC ?? 'cc', [...flags, join(__dirname, `${name}.c`), '-o', program, ...link])
  return program
}

function namesOf(program: string): string[] {
  return execFileSync(program, { encoding: 'utf8' }).trim().split('\n')
}
