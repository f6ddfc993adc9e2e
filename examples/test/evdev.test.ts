import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backends, Program } from './program.ts'

const directory = mkdtempSync(join(tmpdir(), 'selectors-evdev-'))
afterAll(() => rmSync(directory, { recursive: true }))

function record(seconds: number, type: number, code: number, value: number): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeBigInt64LE(BigInt(seconds), 0)
  bytes.writeBigInt64LE(250_000n, 8)
  bytes.writeUInt16LE(type, 16)
  bytes.writeUInt16LE(code, 18)
  bytes.writeInt32LE(value, 20)
  return bytes
}

it.each(backends)('reads records from a FIFO, however they come, on %s', async (backend) => {
  const path = join(directory, backend)
  execFileSync('mkfifo', [path])
  const program = new Program('evdev', ['--path', path], { backend })
  await program.line(/^reading/)
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  const records = Buffer.concat([record(1, 1, 30, 1), record(1, 0, 0, 0), record(2, 1, 30, 0), record(3, 2, 1, -5)])
  writeSync(fd, records.subarray(0, 30))
  await program.line(/^1\.250000 key 30 down$/)
  writeSync(fd, records.subarray(30, 90))
  await program.line(/^2\.250000 key 30 up$/)
  writeSync(fd, records.subarray(90))
  await program.line(/^3\.250000 axis 1 moves -5$/)
  // More than the program takes at a time.
  for (let i = 0; i < 500; i++) writeSync(fd, record(i, 1, i, 2))
  closeSync(fd)
  expect(await program.exited).toBe(0)
  expect(program.lines.filter((line) => line.endsWith('repeats'))).toEqual(
    Array.from({ length: 500 }, (_, i) => `${i}.250000 key ${i} repeats`),
  )
  expect(program.lines.at(-1)).toBe('ended')
})

it('says that there is no such device', async () => {
  const program = new Program('evdev', ['--path', join(directory, 'none')])
  expect(await program.exited).toBe(1)
  expect(program.errors).toMatch(/^evdev\.js: ENOENT: .*none'\n$/)
})
