// A chat: what one client says, all others hear. Clients come, talk, leave, die and fall asleep, and none of that disturbs
// the others.
//
//     node dist/chat-server.js --port 1234
//     nc localhost 1234          (twice or more)
//
// What does not fit into a client's socket is kept and sent when the socket is writable; a client that does not read for too long
// is disconnected. A broken connection is noticed when something is sent to it, and affects only that client.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { IPPROTO_TCP, SO_KEEPALIVE, SOL_SOCKET, type Socket, SocketError, TCP_NODELAY } from '@selectors/socket'
import { Lines } from './shared/lines.js'
import { options } from './shared/options.js'
import { accept, listen, unlessBlocked } from './shared/tcp.js'

/** What is kept, in bytes, for a client that does not read. */
const ROOM = 65536

interface Client {
  readonly name: string
  readonly socket: Socket
  readonly lines: Lines
  unsent: Buffer
}

const { port } = options({ port: 1234 })
const clients = new Set<Client>()
let guests = 0

/** The listener is the one without data. */
using selector = new DefaultSelector<Client | undefined, Socket>()
selector.register(listen(port), EVENT_READ)

for (;;) {
  for (const [{ fileobj: socket, data: client }, mask] of selector.select()) {
    if (client === undefined) accept(socket, welcome)
    else serve(client, mask)
  }
}

function welcome(socket: Socket): void {
  const client = { name: `guest${++guests}`, socket, lines: new Lines(), unsent: Buffer.alloc(0) }
  const others = [...clients].map(({ name }) => name).join(', ')
  selector.register(socket, EVENT_READ, client)
  clients.add(client)
  attempt(client, prepare)
  tell(client, `* you are ${client.name}, here with ${others || 'nobody'}`)
  tellOthers(client, `* ${client.name} joined`)
}

function prepare({ socket }: Client): void {
  // A line does not wait until the one before it has been acknowledged.
  socket.setSockOpt(IPPROTO_TCP, TCP_NODELAY, true)
  // Finds out, after hours, that the machine of a silent client is gone.
  socket.setSockOpt(SOL_SOCKET, SO_KEEPALIVE, true)
}

function serve(client: Client, mask: number): void {
  if (mask & EVENT_READ) attempt(client, hear)
  if (mask & EVENT_WRITE) attempt(client, flush)
}

/** Does something with a client, unless it has left since it was found ready; a broken connection ends it. */
function attempt(client: Client, action: (client: Client) => void): void {
  if (!clients.has(client)) return
  try {
    action(client)
  } catch (error) {
    if (!(error instanceof SocketError)) throw error
    remove(client, `was cut off (${error.code})`)
  }
}

function hear(client: Client): void {
  const data = unlessBlocked(() => client.socket.recv(4096))
  for (const line of client.lines.push(data)) if (line !== '') tellOthers(client, `${client.name}: ${line}`)
  if (data?.length === 0) remove(client, 'left')
}

function tellOthers(speaker: Client, line: string): void {
  console.log(line)
  for (const client of clients) if (client !== speaker) tell(client, line)
}

function tell(client: Client, line: string): void {
  client.unsent = Buffer.concat([client.unsent, Buffer.from(`${line}\n`)])
  attempt(client, flush)
}

function flush(client: Client): void {
  const sent = unlessBlocked(() => client.socket.send(client.unsent)) ?? 0
  client.unsent = client.unsent.subarray(sent)
  if (client.unsent.length > ROOM) remove(client, 'does not listen')
  else selector.modify(client.socket, client.unsent.length > 0 ? EVENT_READ | EVENT_WRITE : EVENT_READ, client)
}

function remove(client: Client, why: string): void {
  if (!clients.delete(client)) return
  selector.unregister(client.socket)
  client.socket.close()
  tellOthers(client, `* ${client.name} ${why}`)
}
