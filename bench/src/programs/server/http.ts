// A server on node:http.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { announce, BODY } from './response.js'

const server = createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/plain')
  response.setHeader('Content-Length', BODY.length)
  response.end(BODY)
})
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
