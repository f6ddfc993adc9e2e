import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describeOnEachEmulated } from './kqueue'

const { include } = require('@selectors/core/native') as { include: string }
const emulation = join(__dirname, '../../../tools/emulations/kqueue')
const results = join(__dirname, '..', '.results')
const program = join(__dirname, 'loop-link.cc')
const compiler = process.env.CXX ?? 'c++'
const options = ['-std=gnu++17', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-Wno-sign-conversion']

describeOnEachEmulated('an event loop on a kqueue', ({ entry, name }) => {
  // Others take a queue into itself, or are late.
  const itOnMacos = name === 'macos' ? it : it.skip
  itOnMacos('takes a queue before libuv does, which would end the process where the system refuses it', () => {
    mkdirSync(results, { recursive: true })
    const executable = join(results, 'loop-link')
    const libraries = join(emulation, 'build/Release')
    const headers = [join(include, 'bsd'), join(emulation, 'include')].map((directory) => `-I${directory}`)
    const link = [`-L${libraries}`, `-Wl,-rpath,${libraries}`, '-lkqueue-emulation']
    execFileSync(compiler, [...options, ...headers, '-o', executable, program, ...link])
    const env = { ...process.env, KQUEUE_SYSTEM: name }
    const { stdout, status } = spawnSync(executable, { encoding: 'utf8', env })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })

  it('may fail to poll the queue, and the next wait goes on', () => {
    mkdirSync(results, { recursive: true })
    const library = join(results, 'failing-poll.so')
    const source = join(__dirname, '../../epoll/test/failing-poll.c')
    execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'])
    const script = `
      const { KqueueSelector } = require(process.argv[1])
      const { pipe } = require('@selectors/socket')
      const [reader, writer] = pipe()
      const selector = new KqueueSelector()
      selector.register(reader, 1)
      const rounds = async () => {
        for (let i = 0; i < 3; i++) {
          setTimeout(() => writer.write('x'), 5)
          // A timeout would end with a look, whether the loop polls or not.
          console.log((await selector.selectAsync()).length)
          reader.read(1)
        }
      }
      rounds().then(() => selector.close())`
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, entry], {
      cwd: __dirname,
      encoding: 'utf8',
      env: { ...process.env, LD_PRELOAD: library, KQUEUE_SYSTEM: name },
    })
    expect(stderr).toBe('failed once\n')
    expect(stdout).toBe('1\n'.repeat(3))
  })
})

const itOnLinux = process.platform === 'linux' ? it : it.skip

itOnLinux.each(['freebsd', 'netbsd', 'openbsd'])('links a loop by what %s declares', (system) => {
  const declarations = join(__dirname, 'declarations')
  const headers = [declarations, join(declarations, system), join(include, 'bsd')].map((directory) => `-I${directory}`)
  const { stderr } = spawnSync(compiler, [...options, ...headers, '-fsyntax-only', program], { encoding: 'utf8' })
  expect(stderr).toBe('')
})
