import { execFileSync } from 'node:child_process'
import { type End, type Pair, pairs, pipe, tcpPair, unixPair } from '@selectors/socket/pairs'
import { Closing, isCloseOnExec, openDescriptors, openedSince, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const all: Pair[] = [pipe, unixPair, tcpPair]
const open = (pair: Pair): [End, End] => closing.add(pair.open())

it('has three kinds', () => {
  expect(pairs).toEqual(all)
  expect(all.map(({ name, duplex }) => [name, duplex])).toEqual([
    ['pipe', process.platform === 'linux' ? false : expect.any(Boolean)],
    ['UNIX socket pair', true],
    ['TCP socket pair', true],
  ])
})

describe.each(all.map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
  it('carries bytes, and tells nothing from the end', () => {
    const [reader, writer] = open(pair)
    expect(reader.read()).toBeUndefined()
    expect(writer.write('abc')).toBe(3)
    expect(writer.write(Uint8Array.of(100))).toBe(1)
    expect(reader.read()?.toString()).toBe('abcd')
    expect(reader.read()).toBeUndefined()
    writer.close()
    expect(reader.read()).toHaveLength(0)
  })

  it('carries bytes back when it is duplex', () => {
    const [first, second] = open(pair)
    if (pair.duplex) {
      first.write('back')
      expect(second.read()?.toString()).toBe('back')
    } else {
      expect(thrown(() => first.write('back'))).toMatchObject({ code: 'EBADF' })
    }
  })

  it('takes nothing when it is full, and something after it was read', () => {
    const [reader, writer] = open(pair)
    const chunk = Buffer.alloc(65536)
    while (writer.write(chunk) > 0);
    while (reader.read());
    expect(writer.write('again')).toBe(5)
  })

  itWhere(system.descriptorFlags)('is closed on exec', () => {
    for (const end of open(pair)) expect(isCloseOnExec(end.fileno())).toBe(true)
  })

  it('closes twice, and leaves nothing behind', () => {
    const before = openDescriptors()
    const [reader, writer] = open(pair)
    expect(openDescriptors()).toEqual(expect.arrayContaining([reader.fileno(), writer.fileno()]))
    for (const end of [reader, writer]) {
      end.close()
      end.close()
      expect(end.fileno()).toBe(-1)
    }
    expect(openedSince(before)).toEqual([])
  })

  it('duplicates an end, which stays open until both are closed', () => {
    const [reader, writer] = open(pair)
    const twin = closing.add(writer.dup())
    expect(twin.fileno()).not.toBe(writer.fileno())
    writer.close()
    expect(reader.read()).toBeUndefined()
    twin.write('x')
    expect(reader.read()?.toString()).toBe('x')
    twin.close()
    expect(reader.read()).toHaveLength(0)
  })

  it('writes later, never early, while this thread is blocked', async () => {
    const [reader, writer] = open(pair)
    const later = await pair.writeLater(writer, 'later', 0.05)
    const start = performance.now()
    const sleeper = new Int32Array(new SharedArrayBuffer(4))
    let data: Buffer | undefined
    for (let i = 0; data === undefined && i < 10_000; i++) {
      Atomics.wait(sleeper, 0, 0, 1)
      data = reader.read()
    }
    expect(performance.now() - start).toBeGreaterThan(45)
    expect(data?.toString()).toBe('later')
    await later.cancel()
  })

  it('writes nothing after it was cancelled', async () => {
    const [reader, writer] = open(pair)
    const never = await pair.writeLater(writer, 'never', 600)
    await never.cancel()
    await never.cancel()
    expect(reader.read()).toBeUndefined()
  })
})

it('tells a write that failed', async () => {
  const [reader, writer] = open(pipe)
  reader.close()
  // Whether it came to the attempt before it was cancelled is up to the machine; that it does some time is not.
  for (let code: unknown; code !== 'EPIPE'; ) {
    const later = await pipe.writeLater(writer, 'x', 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
    code = await later.cancel().catch((error: { code: string }) => error.code)
  }
})

it('is alive until a write is cancelled that was done in the meantime', () => {
  // A thread that takes long to be ended, here as long as it takes until it has said that it is done.
  const program = `
    const { Worker } = require('node:worker_threads')
    const { pipe } = require('@selectors/socket/pairs')
    const { terminate } = Worker.prototype
    Worker.prototype.terminate = function () {
      this.ref()
      setTimeout(() => terminate.call(this), 300).unref()
      return new Promise((resolve) => this.once('exit', resolve))
    }
    const [reader, writer] = pipe.open()
    const late = async () => {
      const later = await pipe.writeLater(writer, 'x', 0.1)
      await later.cancel()
      console.log(reader.read().toString())
    }
    late()`
  expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', cwd: __dirname })).toBe('x\n')
})
