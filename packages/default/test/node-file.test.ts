import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { fstatSync, readFileSync, readSync, writeSync } from 'node:fs'
import { type AddressInfo, connect, createServer, Socket as NetSocket, type Server } from 'node:net'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { EVENT_READ, EVENT_WRITE, NodeFile, nodeFile, type SelectorClass, ValueError } from '@selectors/default'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import { AF_INET, SOCK_DGRAM, SOCK_STREAM, Socket } from '@selectors/socket'

const opened: { close?(): unknown; destroy?(): unknown; kill?(): unknown }[] = []
function open<T extends (typeof opened)[number]>(object: T): T {
  opened.push(object)
  return object
}

afterEach(() => {
  for (const object of opened.splice(0)) (object.kill ?? object.destroy ?? object.close)?.call(object)
})

async function listen(): Promise<Server> {
  const server = open(createServer({ pauseOnConnect: true })).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

/** A client that asks nothing of the event loop. */
function client(port: number): Socket {
  const socket = open(new Socket(AF_INET, SOCK_STREAM))
  socket.connect(['127.0.0.1', port])
  return socket
}

/** A connection of Node's that Node does not read from, and its other end. */
async function connection(): Promise<[ours: NetSocket, theirs: Socket]> {
  const server = await listen()
  const theirs = client(portOf(server))
  const [ours] = await once(server, 'connection')
  return [open(ours), theirs]
}

/** The flags of a descriptor, O_NONBLOCK among them, see proc_pid_fdinfo(5). */
function flagsOf(fd: number): string | undefined {
  return /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1]
}

const classes: [name: string, selectorClass: SelectorClass][] = [
  ['epoll', EpollSelector],
  ['poll', PollSelector],
  ['select', SelectSelector],
]

describe.each(classes)('%s waits for', (_name, Selector) => {
  it('a net.Server, ready when somebody wants to connect', async () => {
    const server = await listen()
    using selector = new Selector()
    selector.register(nodeFile(server), EVENT_READ)
    expect(selector.select(0)).toEqual([])
    client(portOf(server))
    expect(selector.select(10)).toEqual([[selector.getKey(nodeFile(server)), EVENT_READ]])
  })

  it('a net.Socket that Node does not read from, and leaves it non-blocking', async () => {
    const [ours, theirs] = await connection()
    const file = nodeFile(ours)
    const flags = flagsOf(file.fileno())
    using selector = new Selector()
    selector.register(file, EVENT_READ | EVENT_WRITE)
    expect(selector.select(10).map(([, mask]) => mask)).toEqual([EVENT_WRITE])
    selector.modify(file, EVENT_READ)
    theirs.send('hello')
    const [[key, mask] = []] = await selector.selectAsync({ timeout: 10 })
    expect([key?.fileobj, mask]).toEqual([file, EVENT_READ])
    const room = Buffer.alloc(10)
    expect(room.toString('utf8', 0, readSync(file.fileno(), room))).toBe('hello')
    expect(() => readSync(file.fileno(), room)).toThrow('EAGAIN')
    expect(flagsOf(file.fileno())).toBe(flags)
  })

  it('a net.Socket that was paused before it connected', async () => {
    const greeting = open(new Socket(AF_INET, SOCK_STREAM))
    greeting.bind(['127.0.0.1', 0])
    greeting.listen()
    const ours = open(new NetSocket()).pause()
    ours.connect((greeting.getSockName() as [string, number])[1], '127.0.0.1')
    await once(ours, 'connect')
    const [theirs] = greeting.accept()
    open(theirs).send('hello')
    using selector = new Selector()
    selector.register(nodeFile(ours), EVENT_READ)
    for (let turn = 0; turn < 3; turn++) {
      const ready = await selector.selectAsync({ timeout: 10 })
      expect(ready.map(([, mask]) => mask)).toEqual([EVENT_READ])
    }
  })

  it('a dgram.Socket', async () => {
    const ours = open(createSocket('udp4'))
    ours.bind(0, '127.0.0.1')
    await once(ours, 'listening')
    using selector = new Selector()
    selector.register(nodeFile(ours), EVENT_READ)
    const theirs = open(new Socket(AF_INET, SOCK_DGRAM))
    theirs.sendTo('hello', ['127.0.0.1', ours.address().port])
    expect(selector.select(10).map(([, mask]) => mask)).toEqual([EVENT_READ])
    const [message] = await once(ours, 'message')
    expect(String(message)).toBe('hello')
    expect(selector.select(0)).toEqual([])
  })

  it("a child's pipes", async () => {
    const child = open(spawn('cat'))
    const [stdin, stdout] = [nodeFile(child.stdin), nodeFile(child.stdout)]
    using selector = new Selector()
    selector.register(stdin, EVENT_WRITE)
    selector.register(stdout, EVENT_READ)
    expect(selector.select(10)).toEqual([[selector.getKey(stdin), EVENT_WRITE]])
    selector.unregister(stdin)
    writeSync(stdin.fileno(), 'hello')
    expect(selector.select(10)).toEqual([[selector.getKey(stdout), EVENT_READ]])
    const room = Buffer.alloc(10)
    expect(room.toString('utf8', 0, readSync(stdout.fileno(), room))).toBe('hello')
    selector.unregister(stdout)
    child.stdin.end()
    await once(child, 'close')
  })

  it('an object that is closed while registered: it is unregistered all the same, even if its number was reused', async () => {
    const [ours, theirs] = await connection()
    const file = nodeFile(ours)
    const fd = file.fileno()
    using selector = new Selector()
    const key = selector.register(file, EVENT_READ)
    ours.destroy()
    await once(ours, 'close')
    expect(file.fileno()).toBe(-1)
    expect(theirs.recv(1)).toHaveLength(0)
    let reuser = open(theirs.dup())
    while (reuser.fileno() !== fd) reuser = open(theirs.dup())
    expect(selector.getKey(nodeFile(ours))).toBe(key)
    expect(selector.unregister(nodeFile(ours))).toBe(key)
    selector.register(reuser, EVENT_WRITE)
    expect(selector.select(10).map(([{ fileobj }]) => fileobj)).toEqual([reuser])
  })
})

describe('process.stdin is a file object', () => {
  const program = `
    const { DefaultSelector, EVENT_READ, nodeFile } = require('@selectors/default')
    const selector = new DefaultSelector()
    selector.register(nodeFile(process.stdin), EVENT_READ)
    const ready = selector.select(20).length
    const room = Buffer.alloc(10)
    const length = require('node:fs').readSync(nodeFile(process.stdin).fileno(), room)
    console.log(\`ready \${ready} \${room.toString('latin1', 0, length).trim()}\`)
    process.exit()`
  const node = `'${process.execPath}' -e "$PROGRAM"`

  it.each([
    ['as a pipe', `echo hello | ${node}`],
    ['as a terminal', `echo hello | script --quiet --echo never --command "$NODE" /dev/null`],
    ['as a file, where the system lets files be waited for', `SELECTORS_BACKEND=poll ${node} < "$INPUT"`],
  ])('%s', async (_what, command) => {
    const env = { ...process.env, PROGRAM: program, NODE: node, INPUT: `${__dirname}/../package.json` }
    const child = spawn('sh', ['-c', command], { cwd: __dirname, env })
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    await once(child, 'close')
    expect(output).toMatch(/^ready 1 (hello|\{)\r?\n/m)
  })
})

it('returns the descriptor that the object has at the time', async () => {
  const server = open(createServer())
  const file = nodeFile(server)
  expect(file.fileno()).toBe(-1)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const fd = file.fileno()
  expect(fstatSync(fd).isSocket()).toBe(true)
  server.close()
  await once(server, 'close')
  expect(file.fileno()).toBe(-1)
})

it('makes one file object of one object', () => {
  const [one, other] = [open(new NetSocket()), open(new NetSocket())]
  expect(nodeFile(one)).toBeInstanceOf(NodeFile)
  expect(nodeFile(one)).toBe(nodeFile(one))
  expect(nodeFile(one)).not.toBe(nodeFile(other))
  expect(nodeFile(one).object).toBe(one)
})

it('refuses to register what is not open yet', () => {
  using selector = new EpollSelector()
  for (const object of [
    open(new NetSocket()),
    open(createServer()),
    open(createSocket('udp4')),
    connect(1).destroy(),
  ]) {
    expect(() => selector.register(nodeFile(object), EVENT_READ)).toThrow(
      new ValueError('Invalid file descriptor -1 of a NodeFile: it is closed, or was never open'),
    )
  }
})

it.each([
  ['a stream without a descriptor', new PassThrough(), 'a PassThrough'],
  ['an object', {}, 'an Object'],
  ['nothing', undefined, 'undefined'],
  ['a number', 5, '5'],
])('refuses %s', (_what, object, title) => {
  expect(() => nodeFile(object as PassThrough)).toThrow(ValueError)
  expect(() => nodeFile(object as PassThrough)).toThrow(`${title} does not tell its descriptor on Node.js for linux`)
})

it.each([
  ['SCHED_RR', /^ValueError: A server in a worker of node:cluster has no descriptor, .*cluster\.SCHED_NONE/],
  ['SCHED_NONE', /^true\n$/],
])('says where the descriptor of a server in a worker of a cluster is, under %s', async (policy, output) => {
  const child = spawn(process.execPath, [join(__dirname, 'fixtures', 'cluster.cjs'), policy])
  expect(Buffer.concat(await child.stdout.toArray()).toString()).toMatch(output)
})

it('makes Node warn of nothing', async () => {
  const program = `
    const socket = require('node:dgram').createSocket('udp4')
    console.log(require('@selectors/default').nodeFile(socket).fileno())
    socket.close()`
  const child = spawn(process.execPath, ['-e', program], { cwd: __dirname })
  const said = [child.stdout, child.stderr].map((stream) => stream.toArray())
  expect((await Promise.all(said)).map(String)).toEqual(['-1\n', ''])
})
