import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const here = join(__dirname, 'native')
const headers = join(__dirname, '..', 'native')
const results = join(__dirname, '..', '.results')

/** The headers over a Node-API that has a threadsafe function and nothing else, see native/threads.cc. */
describe('what helper threads and wake-ups do at once', () => {
  it.each(['thread', 'address,undefined'])(
    'has nothing that -fsanitize=%s finds, and loses no wake-up',
    (sanitizers) => {
      mkdirSync(results, { recursive: true })
      const program = join(results, `threads-${sanitizers}`)
      const system = process.platform === 'linux' ? ['-I', join(headers, 'linux')] : []
      const includes = ['-I', here, ...system, '-I', join(headers, 'posix'), '-I', headers]
      const settings = ['-std=gnu++17', '-g', '-O1', '-fno-exceptions', `-fsanitize=${sanitizers}`, '-pthread']
      const compiled = run(process.env.CXX ?? 'c++', [
        ...settings,
        ...includes,
        '-o',
        program,
        join(here, 'threads.cc'),
      ])
      expect(compiled).toMatchObject({ stderr: '', status: 0 })
      expect(run(program, [])).toMatchObject({ stderr: '', status: 0 })
    },
    300_000,
  )
})

function run(program: string, args: string[]) {
  return spawnSync(program, args, { encoding: 'utf8' })
}
