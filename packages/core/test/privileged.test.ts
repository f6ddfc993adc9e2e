import * as fs from 'node:fs'
import { isPrivileged } from '@selectors/core'

// A process with more rights than its user: the system says so in /proc/self/auxv, which stands for it here.
const AT_PAGESZ = 6
const AT_SECURE = 23
const WORD = ['arm', 'ia32'].includes(process.arch) ? 4 : 8

jest.mock('node:fs', () => ({ ...jest.requireActual('node:fs'), readFileSync: jest.fn() }))
const readFileSync = jest.mocked(fs.readFileSync)

function vector(...entries: [type: number, value: number][]) {
  const bytes = Buffer.alloc(2 * WORD * entries.length)
  for (const [i, entry] of entries.entries()) {
    for (const [j, number] of entry.entries()) bytes.writeUInt32LE(number, (2 * i + j) * WORD)
  }
  return bytes
}

const onLinux = process.platform === 'linux' ? it : it.skip
afterEach(() => jest.restoreAllMocks())

onLinux.each([
  ['says so', vector([AT_PAGESZ, 4096], [AT_SECURE, 1], [0, 0]), true],
  ['says no', vector([AT_PAGESZ, 4096], [AT_SECURE, 0], [0, 0]), false],
  ['says nothing', vector([AT_PAGESZ, AT_SECURE], [1, 1], [0, 0]), false],
  ['is cut off', vector([AT_SECURE, 1]).subarray(0, WORD + 1), false],
])('is one where the vector %s: %#', (_, bytes, expected) => {
  readFileSync.mockReturnValue(bytes)
  expect(isPrivileged()).toBe(expected)
  expect(readFileSync).toHaveBeenCalledWith('/proc/self/auxv')
})

onLinux.each([
  ['EACCES', true],
  ['ENOENT', false],
])('is one where the vector must not be read: %s', (code, expected) => {
  readFileSync.mockImplementation(() => {
    throw Object.assign(new Error(code), { code })
  })
  expect(isPrivileged()).toBe(expected)
})

onLinux.each(['geteuid', 'getegid'] as const)('is one that runs as another, by %s()', (method) => {
  readFileSync.mockReturnValue(vector([AT_SECURE, 0]))
  expect(isPrivileged()).toBe(false)
  const own = process[method]?.() ?? 0
  jest.spyOn(process, method as 'geteuid').mockReturnValue(own + 1)
  expect(isPrivileged()).toBe(true)
})
