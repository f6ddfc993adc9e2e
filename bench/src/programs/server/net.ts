// An HTTP server on node:net, as bare as that of c/server.c.
import { type AddressInfo, createServer } from 'node:net'
import { announce, endsRequest, RESPONSE } from './response.js'

const server = createServer((connection) => {
  connection.on('data', (request) => {
    if (endsRequest(request, request.length)) connection.write(RESPONSE)
  })
  // Reset, when wrk has had enough.
  connection.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
