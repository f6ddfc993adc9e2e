// Tests the prebuild of @selectors/afd by what only it has to get right, on Windows or under wine, where the tests of its package
// do not run: `node --test tools/prebuild/afd.mjs`.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { afterEach, test } from 'node:test'

process.env.PREBUILDS_ONLY = '1'

const require = createRequire(import.meta.url)
const { AfdSelector, EVENT_ERROR, EVENT_READ, EVENT_WRITE, ONE_SHOT } = require('@selectors/afd')
const { AF_INET, SOCK_DGRAM, Socket, socketpair } = require('@selectors/socket')

/** Longer than anything takes on a busy machine, in seconds. */
const SOON = 20

let things = []
afterEach(() => {
  for (const thing of things) thing.close()
  things = []
})

const keep = (thing) => {
  things.push(thing)
  return thing
}
const make = () => keep(new AfdSelector())
const pair = () => socketpair().map(keep)
const byNumber = ([one], [other]) => one - other
const readyOf = (batch) => batch.map(([{ fd }, mask]) => [fd, mask]).sort(byNumber)

/** Selects until so many are ready. */
function selectAll(selector, count) {
  const end = performance.now() + SOON * 1000
  let batch = selector.select(0)
  while (batch.length < count && performance.now() < end) batch = selector.select(0.01)
  return readyOf(batch)
}

/** The numbers that the next sockets get. */
function nextNumbers() {
  const sockets = [new Socket(), new Socket(), new Socket()]
  const numbers = sockets.map((socket) => socket.fileno())
  for (const socket of sockets) socket.close()
  return numbers
}

for (const count of [500, 2000]) {
  test(`${count} sockets: those that are ready are reported, and no others`, () => {
    const selector = make()
    const [first, ...others] = Array.from({ length: count / 2 }, pair)
    const all = [first, ...others]
    for (const ends of all) for (const end of ends) selector.register(end, EVENT_READ)
    assert.deepEqual(selector.select(0), [])
    for (let round = 1; round <= 5; round++) {
      const some = all.filter((_, i) => i % (7 * round) === 0)
      for (const [end] of some) end.send('x')
      const expected = some.map(([, peer]) => [peer.fileno(), EVENT_READ]).sort(byNumber)
      for (let again = 0; again < 3; again++) assert.deepEqual(selectAll(selector, some.length), expected)
      for (const [, peer] of some) assert.equal(peer.recv(10).toString(), 'x')
      assert.deepEqual(selector.select(0), [])
    }
    for (const ends of all) for (const end of ends) selector.modify(end, EVENT_WRITE)
    assert.equal(selectAll(selector, count).length, count)
    for (const [, peer] of others) selector.unregister(peer)
    for (const [end] of others) selector.unregister(end)
    assert.deepEqual(selectAll(selector, 2), first.map((end) => [end.fileno(), EVENT_WRITE]).sort(byNumber))
  })
}

test('registering and unregistering without a wait takes no numbers, and leaves nothing behind', () => {
  const selector = make()
  const ends = pair()
  ends[0].send('x')
  selector.register(ends[0], EVENT_READ)
  const before = nextNumbers()
  for (let round = 0; round < 5000; round++) {
    selector.register(ends[1], EVENT_READ)
    selector.modify(ends[1], EVENT_READ | EVENT_WRITE)
    if (round % 100 === 0) selector.select(0)
    selector.unregister(ends[1])
  }
  assert.deepEqual(nextNumbers(), before)
  assert.deepEqual(selector.select(0), [])
  const { rss } = process.memoryUsage()
  for (let round = 0; round < 20000; round++) {
    selector.register(ends[1], EVENT_READ)
    selector.unregister(ends[1])
  }
  assert.ok(process.memoryUsage().rss - rss < 8e6)
})

test('what was read before a wait is not reported by it', () => {
  const selector = make()
  const [end, peer] = pair()
  selector.register(end, EVENT_READ)
  for (let round = 0; round < 100; round++) {
    assert.deepEqual(selector.select(0), [])
    peer.send('x')
    assert.equal(end.recv(1).toString(), 'x')
    assert.deepEqual(selector.select(0), [])
  }
})

test('a socket that is closed while nothing polls it is forgotten, and so is its number', () => {
  for (const [events, selects] of [
    [EVENT_WRITE, 1],
    [EVENT_WRITE, 2],
    [EVENT_WRITE | ONE_SHOT, 1],
    [EVENT_WRITE | ONE_SHOT, 2],
    [EVENT_WRITE, 0],
    [EVENT_READ, 1],
  ]) {
    const selector = make()
    const spare = pair()
    const [end] = pair()
    selector.register(end, events)
    for (let i = 0; i < selects; i++) selector.select(0)
    const number = end.fileno()
    for (const other of spare) other.close()
    end.close()
    let heir = keep(new Socket())
    for (let i = 0; i < 100 && heir.fileno() !== number; i++) heir = keep(new Socket())
    assert.equal(heir.fileno(), number)
    heir.bind(['127.0.0.1', 0])
    heir.listen()
    const client = keep(new Socket())
    client.connect(heir.getSockName())
    // Without the other poll, the port would tell of the connection.
    for (let i = 0; i < 3; i++) assert.deepEqual(selector.select(0.01), [])
    const key = selector.modify(number, EVENT_READ | EVENT_ERROR)
    assert.deepEqual(selectAll(selector, 1), [[number, EVENT_READ]])
    assert.equal(selector.unregister(number), key)
    assert.deepEqual(selector.select(0), [])
  }
})

test('a socket that is closed during an asynchronous wait is forgotten', async () => {
  const selector = make()
  const [end, peer] = pair()
  const [other, its] = pair()
  selector.register(end, EVENT_READ)
  selector.register(other, EVENT_READ)
  const wait = selector.selectAsync({ timeout: SOON })
  end.close()
  assert.equal(peer.recv(1).length, 0)
  its.send('x')
  assert.deepEqual(readyOf(await wait), [[other.fileno(), EVENT_READ]])
})

test('a connection is reported once it is made or has failed, and one that can be accepted', () => {
  const selector = make()
  const listener = keep(new Socket())
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  selector.register(listener, EVENT_READ | EVENT_WRITE)
  assert.deepEqual(selector.select(0.01), [])
  const client = keep(new Socket())
  client.setBlocking(false)
  client.connectEx(listener.getSockName())
  selector.register(client, EVENT_READ | EVENT_WRITE | EVENT_ERROR)
  const expected = [
    [listener.fileno(), EVENT_READ],
    [client.fileno(), EVENT_WRITE],
  ]
  assert.deepEqual(selectAll(selector, 2), expected.sort(byNumber))
  selector.unregister(listener)
  selector.unregister(client)
  const refused = keep(new Socket())
  refused.setBlocking(false)
  refused.connectEx(['127.0.0.1', 1])
  selector.register(refused, EVENT_READ | EVENT_WRITE | EVENT_ERROR)
  for (let again = 0; again < 2; again++) {
    assert.deepEqual(selectAll(selector, 1), [[refused.fileno(), EVENT_READ | EVENT_WRITE | EVENT_ERROR]])
  }
})

test('a datagram is reported until it is read', () => {
  const selector = make()
  const [sender, receiver] = [AF_INET, AF_INET].map((family) => keep(new Socket(family, SOCK_DGRAM)))
  receiver.bind(['127.0.0.1', 0])
  selector.register(receiver, EVENT_READ)
  sender.sendTo('x', receiver.getSockName())
  for (let again = 0; again < 2; again++) assert.deepEqual(selectAll(selector, 1), [[receiver.fileno(), EVENT_READ]])
  receiver.recv(1)
  assert.deepEqual(selector.select(0), [])
})

test('no handle but that of a socket is taken', () => {
  const selector = make()
  const own = new Set(pair().map((end) => end.fileno()))
  for (let number = 0; number < 2000; number++) {
    try {
      selector.register(number, EVENT_READ)
      // Node has some of its own.
      selector.unregister(number)
      own.delete(number)
    } catch ({ code, message }) {
      assert.equal(code, 'ENOTSOCK')
      assert.match(message, /is not an open socket, and Windows waits for nothing else/)
    }
  }
  assert.equal(own.size, 0)
})

test('selectors that are closed with all in flight give back what they took', () => {
  const ends = Array.from({ length: 40 }, pair).flat()
  const before = nextNumbers()
  for (let round = 0; round < 100; round++) {
    const selector = new AfdSelector()
    for (const end of ends) selector.register(end, round % 2 ? EVENT_READ : EVENT_WRITE)
    selector.select(0)
    selector.close()
  }
  assert.deepEqual(nextNumbers(), before)
})
