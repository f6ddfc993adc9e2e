// cluster COUNT STEPS: an HTTP server on node:net in so many processes of node:cluster, to which the first deals connections out in turn.
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { announce, compute, endsRequest, responseOf } from './response.js'

const [count, steps] = process.argv.slice(2).map(Number) as [number, number]

if (cluster.isPrimary) await start()
else serve(cluster.worker as Worker)

async function start(): Promise<void> {
  const workers = Array.from({ length: count }, () => cluster.fork())
  const listening = await Promise.all(workers.map((worker) => once(worker, 'listening')))
  announce((listening[0] as [AddressInfo])[0].port)
}

function serve(worker: Worker): void {
  const response = responseOf(worker.id)
  // The harness has killed the first process, which cannot be told of a connection any more.
  worker.on('error', () => process.exit())
  const server = createServer((connection) => {
    connection.on('data', (request) => {
      if (steps > 0) compute(steps)
      if (endsRequest(request, request.length)) connection.write(response)
    })
    // Reset, when the client has had enough.
    connection.on('error', () => {})
  })
  // In a cluster 0 is the same port for all.
  server.listen(0, '127.0.0.1')
}
