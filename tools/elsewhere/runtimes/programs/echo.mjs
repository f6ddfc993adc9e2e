// An echo server and its client, on whatever backend is the default.
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import { AF_INET, SOCK_STREAM, Socket } from '@selectors/socket'

const selector = new DefaultSelector()
const server = new Socket(AF_INET, SOCK_STREAM)
server.bind(['127.0.0.1', 0])
server.listen()
selector.register(server, EVENT_READ, accept)

const client = new Socket(AF_INET, SOCK_STREAM)
client.connect(server.getSockName())
client.sendAll('through select()')
while (selector.getMap().size < 2) for (const [key] of selector.select()) key.data(key.fileobj)
for (const [key] of selector.select()) key.data(key.fileobj)
console.log(client.recv(100).toString())

client.sendAll('through for await')
for await (const [key] of selector) {
  if (!key.data(key.fileobj)) break
}
console.log(client.recv(100).toString())

for (const { fileobj } of [...selector.getMap().values()]) {
  selector.unregister(fileobj)
  fileobj.close()
}
selector.close()
client.close()

function accept(listener) {
  const [connection] = listener.accept()
  connection.setBlocking(false)
  selector.register(connection, EVENT_READ, echo)
  return true
}

function echo(connection) {
  connection.sendAll(connection.recv(100))
  return false
}
