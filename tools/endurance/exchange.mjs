import { EVENT_READ } from '@selectors/core'
import { socketpair } from '@selectors/socket'

const CONNECTIONS = 50
/** How many messages a connection lives for, at most. */
const LIFE = 40

/** Clients that write numbers, and an echo server over one selector that reads both ends. */
export class Exchange {
  connections = 0
  messages = 0
  #selector
  #Selector
  #random
  #latencies = []

  constructor(Selector, random) {
    this.#Selector = Selector
    this.#selector = new Selector()
    this.#random = random
    for (let i = 0; i < CONNECTIONS; i++) this.#connect()
  }

  /** For so many milliseconds. */
  async goOn(duration) {
    const end = performance.now() + duration
    while (performance.now() < end) {
      // All have something to read: every message is waited for.
      const batch = this.#random(2) ? this.#selector.select(20) : await this.#selector.selectAsync({ timeout: 20 })
      if (batch.length === 0) throw new Error('a message was lost')
      for (const [key] of batch) key.data(key)
      if (this.#random(1000) === 0) this.#renew()
    }
  }

  /** The middle one since the last time, in milliseconds. */
  takeLatency() {
    const sorted = this.#latencies.sort((a, b) => a - b)
    this.#latencies = []
    return sorted[sorted.length >> 1]
  }

  async end() {
    for (const { fileobj } of [...this.#selector.getMap().values()]) fileobj.close()
    this.#selector.close()
  }

  #connect() {
    const [client, server] = socketpair()
    let left = 1 + this.#random(LIFE)
    let sent
    const send = () => {
      sent = performance.now()
      client.send(String(left))
    }
    this.#selector.register(server, EVENT_READ, () => server.send(server.recv(100)))
    this.#selector.register(client, EVENT_READ, () => {
      if (Number(client.recv(100)) !== left) throw new Error('a message was changed')
      this.messages++
      if (this.messages % 16 === 0) this.#latencies.push(performance.now() - sent)
      if (--left > 0) send()
      else this.#replace(client, server)
    })
    this.connections++
    send()
  }

  #replace(client, server) {
    for (const end of [client, server]) {
      this.#selector.unregister(end)
      end.close()
    }
    this.#connect()
  }

  /** The same keys in another selector. */
  #renew() {
    const keys = [...this.#selector.getMap().values()]
    this.#selector.close()
    this.#selector = new this.#Selector()
    for (const { fileobj, events, data } of keys) this.#selector.register(fileobj, events, data)
  }
}
