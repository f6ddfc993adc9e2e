import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const { include } = require('@selectors/core/native') as { include: string }
const native = join(__dirname, '..', 'native')
const declarations = join(__dirname, 'declarations')

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip

/** The types differ from system to system. Declared in meaning, from the manual pages and headers of each. */
describeOnLinux('kqueue.cc', () => {
  it.each([
    ['freebsd', 'kqueuex', 'ordinary'],
    ['freebsd', 'fcntl', 'ordinary'],
    ['netbsd', 'kqueue1', 'ordinary'],
    ['openbsd', 'kqueue1', 'except'],
  ])('compiles without a warning against what %s declares, with %s and %s', (system, openQueue, urgent) => {
    const ours = [join(native, openQueue), join(native, urgent), include, join(include, 'posix')]
    const directories = [declarations, join(declarations, system), ...ours]
    const warnings = ['-Wall', '-Wextra', '-Wconversion', '-Werror', '-Wno-sign-conversion']
    const args = ['-std=gnu++17', '-fno-exceptions', '-fsyntax-only', ...warnings]
    const { status, stderr } = spawnSync(
      process.env.CXX ?? 'c++',
      [...args, ...directories.flatMap((directory) => ['-I', directory]), join(native, 'kqueue.cc')],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
