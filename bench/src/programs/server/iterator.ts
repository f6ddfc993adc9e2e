// An HTTP server in a loop of for await, beside whatever else the event loop does.
import { listen, selector } from './serving.js'

listen()
for await (const [{ data, fileobj }] of selector) data(fileobj)
