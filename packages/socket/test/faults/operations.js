// What a program does with sockets and pipes: what is there before, and the call that is made to fail.
const {
  AF_INET,
  AF_UNIX,
  MSG_WAITALL,
  pipe,
  SHUT_WR,
  SO_RCVTIMEO,
  SO_SNDTIMEO,
  SO_TYPE,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} = require('@selectors/socket')

/** So that a wait in vain ends, in microseconds. */
const SHORT = 10_000n

function impatient(socket) {
  const time = Buffer.from(new BigInt64Array([0n, SHORT]).buffer)
  for (const option of [SO_RCVTIMEO, SO_SNDTIMEO]) socket.setSockOpt(SOL_SOCKET, option, time)
  return socket
}

function listener(family = AF_INET, address = ['127.0.0.1', 0]) {
  const socket = impatient(new Socket(family))
  socket.bind(address)
  socket.listen(1)
  nameOf(socket)
  return socket
}

/** A pair of which the second end has something to read. */
function talking(text = 'abcdef') {
  const [writer, reader] = socketpair(AF_UNIX)
  writer.send(text)
  return [impatient(reader), writer]
}

function fullPair() {
  const [first, second] = socketpair(AF_UNIX)
  first.setBlocking(false)
  try {
    for (;;) first.send(Buffer.alloc(65536))
  } catch {
    first.setBlocking(true)
  }
  return [impatient(first), second]
}

/** A UNIX listener whose backlog is full, behind a socket that would like to connect to it. */
function crowded() {
  const busy = listener(AF_UNIX, '')
  const waiting = [1, 2, 3].map(() => new Socket(AF_UNIX))
  for (const socket of waiting) {
    socket.setBlocking(false)
    socket.connectEx(busy.getSockName())
  }
  return [impatient(new Socket(AF_UNIX)), busy, ...waiting]
}

function piped(text) {
  const [reader, writer] = pipe()
  if (text !== '') writer.write(text)
  return [reader, writer]
}

function bound() {
  const [first, second] = [new Socket(AF_INET, SOCK_DGRAM), new Socket(AF_INET, SOCK_DGRAM)]
  second.bind(['127.0.0.1', 0])
  nameOf(second)
  first.connect(second.getSockName())
  first.send('abc')
  return [impatient(second), first]
}

/** Its address, asked for once: the second time is while something fails. */
const names = new WeakMap()
function nameOf(socket) {
  if (!names.has(socket)) names.set(socket, socket.getSockName())
  return names.get(socket)
}

const here = ['127.0.0.1', 0]
const tcp = () => [impatient(new Socket(AF_INET))]
const connecting = () => [...tcp(), listener()]

function arriving() {
  const [client, server] = connecting()
  client.connect(nameOf(server))
  return [server, client]
}

/** The call that errors name, the files that are there before, the first of which is acted on, and the act. */
module.exports = {
  'new Socket()': ['socket', () => [], () => new Socket(AF_INET)],
  'socketpair()': ['socketpair', () => [], () => socketpair(AF_UNIX)],
  'pipe()': ['pipe', () => [], () => pipe()],
  'Socket.from()': ['getsockopt', tcp, ([socket]) => Socket.from(socket.fileno()).detach() === socket.fileno()],
  'dup()': ['dup', tcp, ([socket]) => socket.dup()],
  'bind()': ['bind', tcp, ([socket]) => socket.bind(here)],
  'listen()': ['listen', tcp, ([socket]) => socket.listen()],
  'accept() of a connection': ['accept', arriving, ([server]) => server.accept()[0]],
  'accept() in vain': ['accept', () => [listener()], ([server]) => server.accept()[0]],
  'connect()': ['connect', connecting, ([client, server]) => client.connect(nameOf(server))],
  'connect() to a path': [
    'connect',
    () => [impatient(new Socket(AF_UNIX)), listener(AF_UNIX, '')],
    ([client, server]) => client.connect(nameOf(server)),
  ],
  'connect() to a full backlog': ['connect', crowded, ([client, server]) => client.connect(nameOf(server))],
  'connect() without waiting': [
    'connect',
    () => {
      const [client, server] = connecting()
      client.setBlocking(false)
      return [client, server]
    },
    ([client, server]) => client.connect(nameOf(server)),
  ],
  'shutdown()': ['shutdown', talking, ([socket]) => socket.shutdown(SHUT_WR)],
  'recv()': ['recv', talking, ([socket]) => socket.recv(10).toString()],
  'recv() in vain': ['recv', () => talking(''), ([socket]) => socket.recv(10).toString()],
  'recv(MSG_WAITALL)': ['recv', talking, ([socket]) => socket.recv(6, MSG_WAITALL).toString()],
  'recvInto()': ['recv', talking, ([socket]) => socket.recvInto(Buffer.alloc(3))],
  'recvFrom()': ['recvfrom', bound, ([socket]) => socket.recvFrom(10)[0].toString()],
  'recvFrom() in vain': [
    'recvfrom',
    () => [impatient(new Socket(AF_INET, SOCK_DGRAM))],
    ([socket]) => socket.recvFrom(10),
  ],
  'send()': ['send', talking, ([socket]) => socket.send('abc')],
  'send() in vain': ['send', fullPair, ([socket]) => socket.send('abc')],
  'sendAll()': ['send', talking, ([socket]) => socket.sendAll('abc')],
  'sendTo()': ['sendto', bound, ([socket]) => socket.sendTo('abc', nameOf(socket))],
  'getSockOpt()': ['getsockopt', tcp, ([socket]) => socket.getSockOpt(SOL_SOCKET, SO_TYPE)],
  'setSockOpt()': ['setsockopt', tcp, ([socket]) => socket.setSockOpt(SOL_SOCKET, SO_RCVTIMEO, Buffer.alloc(16))],
  'getSockName()': ['getsockname', tcp, ([socket]) => socket.getSockName()],
  'getPeerName()': ['getpeername', talking, ([socket]) => socket.getPeerName()],
  'getBlocking()': ['fcntl', tcp, ([socket]) => socket.getBlocking()],
  'setBlocking()': ['fcntl', tcp, ([socket]) => socket.setBlocking(false)],
  'read()': ['read', () => piped('abc'), ([reader]) => reader.read(10).toString()],
  'read() in vain': [
    'read',
    () => {
      const [reader, writer] = piped('')
      reader.setBlocking(false)
      return [reader, writer]
    },
    ([reader]) => reader.read(10).toString(),
  ],
  'write()': ['write', () => piped('').reverse(), ([writer]) => writer.write('abc')],
  'write() in two parts': ['write', () => piped('').reverse(), ([writer]) => writer.write(Buffer.alloc(6000))],
  'close()': ['close', tcp, ([socket]) => socket.close()],
  'bind() to a name': ['bind', tcp, ([socket]) => socket.bind(['localhost', 0])],
}
