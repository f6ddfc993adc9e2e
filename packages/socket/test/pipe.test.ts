import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { PipeEnd, pipe } from '@selectors/socket'
import { pipe as pipePair } from '@selectors/socket/pairs'
import { Closing, fill, inWorker, isCloseOnExec, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const open = () => closing.add(pipe())

it('carries bytes from the second end to the first', () => {
  const [reader, writer] = open()
  expect(writer.write('grüß')).toBe(6)
  expect(writer.write(Uint8Array.of(1))).toBe(1)
  expect(reader.read(6).toString()).toBe('grüß')
  const buffer = Buffer.alloc(4)
  expect(reader.readInto(buffer)).toBe(1)
  expect([...buffer]).toEqual([1, 0, 0, 0])
})

it('is blocking', () => {
  for (const end of open()) expect(end.getBlocking()).toBe(true)
})

itWhere(system.descriptorFlags)('is closed on exec', () => {
  for (const end of open()) expect(isCloseOnExec(end.fileno())).toBe(true)
})

it('gives an empty Buffer when no writer is left', () => {
  const [reader, writer] = open()
  const second = closing.add(writer.dup())
  writer.close()
  second.write('last')
  second.close()
  expect(reader.read(10).toString()).toBe('last')
  expect(reader.read(10)).toEqual(Buffer.alloc(0))
  expect(reader.readInto(Buffer.alloc(1))).toBe(0)
})

it.each([true, false])('refuses to write when no reader is left (blocking: %s)', (blocking) => {
  const [reader, writer] = open()
  writer.setBlocking(blocking)
  reader.close()
  expect(thrown(() => writer.write('x'))).toMatchObject({ name: 'SocketError', code: 'EPIPE', syscall: 'write' })
})

itWhere(!pipePair.duplex)('refuses the wrong direction', () => {
  const [reader, writer] = open()
  expect(thrown(() => reader.write('x'))).toMatchObject({ code: 'EBADF', syscall: 'write' })
  writer.setBlocking(false)
  expect(thrown(() => writer.read(1))).toMatchObject({ code: 'EBADF', syscall: 'read' })
})

it('moves no bytes without waiting when asked for none', () => {
  const [reader, writer] = open()
  expect(reader.read(0)).toHaveLength(0)
  writer.setBlocking(false)
  fill((data) => writer.write(data))
  writer.setBlocking(true)
  expect(writer.write('')).toBe(0)
})

it('does not wait when non-blocking', () => {
  const [reader, writer] = open()
  reader.setBlocking(false)
  writer.setBlocking(false)
  expect(thrown(() => reader.read(1))).toMatchObject({
    code: 'EAGAIN',
    errno: -constants.errno.EAGAIN,
    syscall: 'read',
  })
  const size = fill((data) => writer.write(data))
  expect(size).toBe(system.pipeSize ?? size)
  expect(size).toBeGreaterThan(0)
  expect(thrown(() => writer.write('x'))).toMatchObject({ code: 'EAGAIN', syscall: 'write' })
})

it('waits for a writer when blocking', async () => {
  const [reader, writer] = open()
  const later = await pipePair.writeLater(writer, 'here', 0.08)
  const start = process.hrtime.bigint()
  expect(reader.read(10).toString()).toBe('here')
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeGreaterThan(20)
  await later.cancel()
})

it('writes all when blocking, more than the pipe holds', async () => {
  const [reader, writer] = open()
  const total = await inWorker(`
    const reader = PipeEnd.from(${reader.detach()})
    post('running')
    let total = 0
    for (let data; (data = reader.read(5000)).length > 0; ) total += data.length
    reader.close()
    post(total)`)
  expect(writer.write(Buffer.alloc(1_000_001))).toBe(1_000_001)
  writer.close()
  expect(await total()).toBe(1_000_001)
})

it('takes over descriptors of others', () => {
  const device = closing.add(PipeEnd.from(openSync('/dev/zero', 'r')))
  expect(device.read(3)).toEqual(Buffer.alloc(3))
  const detached = PipeEnd.from(device.dup().detach())
  const fd = detached.detach()
  expect(detached.fileno()).toBe(-1)
  closeSync(fd)
})
