import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const tools = join(__dirname, '..')

/** The files that are compiled for a package on a system, as gyp calls it. */
function sources(name: string, os: string): string[] {
  const program = `
    import { compilation } from ${JSON.stringify(join(tools, 'prebuild/compilation.mjs'))}
    const sources = compilation(process.argv[1], process.argv[2]).map(({ source }) => source)
    console.log(JSON.stringify(sources))`
  const native = join(tools, '../packages', name, 'native')
  const args = ['--input-type=module', '-e', program, '--', native, os]
  const answer: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  return answer.map((source) => source.slice(native.length + 1))
}

it.each([
  ['epoll', 'linux', ['epoll.cc']],
  ['epoll', 'mac', []],
  ['kqueue', 'mac', ['kqueue.cc']],
  ['kqueue', 'linux', []],
  ['devpoll', 'linux', []],
  ['devpoll', 'mac', []],
  ['afd', 'linux', []],
  ['afd', 'win', ['afd.cc']],
  ['select', 'mac', ['select.cc']],
  ['select', 'win', ['winsock/select.cc']],
])('a prebuild holds what binding.gyp chooses: %s on %s', (name, os, expected) => {
  expect(sources(name, os)).toEqual(expected)
})

it.each([
  ['prebuild/main.mjs', 'linux-x64-glibc, .*darwin-arm64, win32-x64, win32-arm64'],
  [
    'elsewhere/machines/emulate.mjs',
    'linux-arm64-glibc, linux-armv7-glibc, linux-armv6-glibc, linux-x64-musl, linux-arm64-musl',
  ],
])('a target that does not exist is refused, and those that do are named: %s', (program, targets) => {
  const args = [join(tools, program), 'vms-alpha']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(new RegExp(`^No such target: vms-alpha\\. There are ${targets}\n$`))
})
