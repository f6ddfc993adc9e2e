// An HTTP server in a loop over select(), in a worker: the event loop is free.
import { Worker } from 'node:worker_threads'

new Worker(new URL('./select.js', import.meta.url))
