// An HTTP server in a loop over select().
import { listen, selector } from './serving.js'

listen()
for (;;) for (const [{ data, fileobj }] of selector.select()) data(fileobj)
