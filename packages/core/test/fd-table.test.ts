import { SelectorKey } from '../src/contract/selector-key'
import { FdTable } from '../src/selector/fd-table'
import { KeyTable } from '../src/selector/key-table'

/** On both sides of where an array ends and pages begin, of where one page ends, and of where a Map of them begins. */
const fds = [0, 1, 255, 256, 1023, 1024, 1279, 1280, 65_535, 65_536, 65_791, 65_792, 100_000, 2 ** 31 - 1]

describe('FdTable', () => {
  it.each(fds)('holds a value for %i', (fd) => {
    const table = new FdTable<string>()
    expect(table.get(fd)).toBeUndefined()
    table.set(fd, 'first')
    table.set(fd, 'second')
    expect(table.get(fd)).toBe('second')
    expect([...table.values()]).toEqual(['second'])
    for (const other of fds.filter((number) => number !== fd)) expect(table.get(other)).toBeUndefined()
    table.delete(fd)
    expect(table.get(fd)).toBeUndefined()
    expect([...table.values()]).toEqual([])
    for (const other of fds) table.delete(other)
    expect([...table.values()]).toEqual([])
  })

  it.each([2 ** 31, 2 ** 32, 2 ** 32 + 5, 2 ** 32 + 2 ** 31 - 1, 2 ** 40 + 5, 2 ** 53])(
    'does not take %i for a descriptor that it has',
    (number) => {
      const table = new FdTable<string>()
      for (const fd of [0, 5, 2 ** 31 - 1]) table.set(fd, 'a value')
      expect(table.get(number)).toBeUndefined()
    },
  )

  it.each([1024, 10_000, 60_000, 65_536, 2 ** 31 - 1])('costs as much as one page for %i alone', (fd) => {
    const before = process.memoryUsage().heapUsed
    const tables = Array.from({ length: 200 }, () => new FdTable<string>())
    for (const table of tables) table.set(fd, 'a value')
    // In an array up to there, 10 000 alone would take 16 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10e6)
    expect(tables.every((table) => table.get(fd) === 'a value')).toBe(true)
  })

  it('holds them all, and clears them', () => {
    const table = new FdTable<number>()
    for (const fd of fds) table.set(fd, fd)
    expect([...table.values()].sort((a, b) => a - b)).toEqual(fds)
    table.delete(7)
    table.delete(70_000)
    table.clear()
    for (const fd of fds) expect(table.get(fd)).toBeUndefined()
    expect([...table.values()]).toEqual([])
  })
})

describe('KeyTable', () => {
  it.each([[fds], [[...fds].reverse()]])('visits what is added meanwhile, in the order %j', (order) => {
    const table = new KeyTable<undefined, number>()
    const [first, ...rest] = order as [number, ...number[]]
    table.add(keyOf(first))
    const visited: number[] = []
    for (const { fd } of table.values()) {
      const next = rest[visited.push(fd) - 1]
      if (next !== undefined) table.add(keyOf(next))
    }
    expect(visited).toEqual(order)
    expect(table.size).toBe(order.length)
  })

  it.each([[fds], [[...fds].reverse()]])('does not visit what is deleted meanwhile, in the order %j', (order) => {
    const table = new KeyTable<undefined, number>()
    for (const fd of order) table.add(keyOf(fd))
    let visits = 0
    for (const { fd: visited } of table.values()) {
      visits++
      for (const fd of fds) if (fd !== visited) table.delete(fd)
    }
    expect(visits).toBe(1)
    expect(table.size).toBe(1)
  })

  it('finds by identity what has no descriptor any more, wherever it was', () => {
    const table = new KeyTable<undefined, { fd: number }>()
    const fileobjs = fds.map((fd) => ({ fd }))
    for (const fileobj of fileobjs) table.add(new SelectorKey(fileobj, fileobj.fd, 1, undefined))
    for (const fileobj of fileobjs) fileobj.fd = -1
    expect(fileobjs.map((fileobj) => table.locate(fileobj))).toEqual(fds)
  })
})

function keyOf(fd: number): SelectorKey<undefined, number> {
  return new SelectorKey(fd, fd, 1, undefined)
}
