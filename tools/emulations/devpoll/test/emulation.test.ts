import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const emulation = join(__dirname, '..')
const results = join(emulation, '.results')
const calls = ['open', 'open64', 'write', 'ioctl', 'close']

if (process.platform !== 'linux') {
  it.todo('is for Linux only')
} else {
  it('keeps to poll(7D)', () => {
    mkdirSync(results, { recursive: true })
    const program = join(results, 'strictness')
    // A library of its own, because --wrap would wrap the emulation's calls too.
    const library = `${program}.so`
    const sources = ['device', 'faults', 'file_id', 'wrap'].map((name) => `${emulation}/src/${name}.cc`)
    compile('-shared', '-fPIC', '-o', library, ...sources)
    compile('-o', program, join(__dirname, 'strictness.cc'), library, ...calls.map((call) => `-Wl,--wrap=${call}`))
    const { stdout, status } = spawnSync(program, { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
}

function compile(...args: string[]): void {
  const options = ['-std=gnu++17', '-Wall', '-Wextra', '-Werror', `-I${emulation}/include`]
  execFileSync(process.env.CXX ?? 'c++', [...options, ...args])
}
