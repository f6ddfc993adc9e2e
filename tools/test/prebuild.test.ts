import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sources } from './sources'

const tools = join(__dirname, '..')

it.each([
  ['linux', { epoll: ['epoll.cc'], kqueue: [], devpoll: [], afd: [] }],
  ['mac', { epoll: [], kqueue: ['kqueue.cc'], devpoll: [], select: ['select.cc'] }],
  ['win', { afd: ['afd.cc'], select: ['winsock/select.cc'] }],
])('a prebuild holds what binding.gyp chooses on %s', (os, expected) => {
  expect(sources(Object.keys(expected), os)).toEqual(Object.values(expected))
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

it('what a library of macOS is for, and what it imports, is read from it', () => {
  const names = '\0_select$1050\0___darwin_check_fd_set_overflow\0_ours\0'
  const symbols = [1, 14, 46].map((string, i) => {
    const symbol = Buffer.alloc(16)
    symbol.writeUInt32LE(string)
    // External, and undefined but for the last.
    symbol[4] = i === 2 ? 0x0f : 0x01
    return symbol
  })
  const words = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer)
  const size = 32 + 24 + 24
  const header = words(0xfeedfacf, 0x01000007, 3, 6, 2, 48, 0, 0)
  const version = words(0x32, 24, 1, 11 << 16, 14 << 16, 0)
  const table = words(0x2, 24, size, symbols.length, size + 16 * symbols.length, names.length)
  const directory = mkdtempSync(join(tmpdir(), 'selectors-macho-'))
  const file = join(directory, 'binding.node')
  writeFileSync(file, Buffer.concat([header, version, table, ...symbols, Buffer.from(names)]))
  const program = `
    import { readMachO } from ${JSON.stringify(join(tools, 'prebuild/mach-o.mjs'))}
    console.log(JSON.stringify(readMachO(process.argv[1])))`
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program, '--', file], {
    encoding: 'utf8',
  })
  rmSync(directory, { recursive: true })
  expect(JSON.parse(answer)).toEqual({
    oldest: '11.0',
    imported: ['select$1050', '__darwin_check_fd_set_overflow'],
  })
})
