import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const emulation = join(__dirname, '..')
const results = join(emulation, '.results')
const calls = ['poll', 'ppoll', 'pselect', 'fcntl', 'fcntl64']

if (process.platform !== 'linux') {
  it.todo('is for Linux only')
} else {
  it.each(['macos', 'openbsd'])('waits as %s does', (system) => {
    mkdirSync(results, { recursive: true })
    const program = join(results, system)
    const libraries = join(emulation, 'build/Release')
    const options = ['-std=gnu++17', '-Wall', '-Wextra', '-Werror', `-Wl,-rpath,${libraries}`, '-o', program]
    const wraps = calls.map((call) => `-Wl,--wrap=${call}`)
    const inputs = [join(__dirname, 'traits.cc'), join(libraries, `${system}.so`)]
    execFileSync(process.env.CXX ?? 'c++', [...options, ...inputs, ...wraps])
    const { stdout, status } = spawnSync(program, [system], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
}
