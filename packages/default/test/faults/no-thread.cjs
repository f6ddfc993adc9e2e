// Waits without blocking where the process may have no more memory, and so no stack for a thread; and again where it may. Says how
// each ended. Arguments: a package and its class.
const { readFileSync } = require('node:fs')
const { EVENT_PRIORITY, EVENT_READ } = require('@selectors/core')
const { limit } = require('@selectors/faults')
const { socketpair } = require('@selectors/socket')

const { [process.argv[3]]: Selector } = require(process.argv[2])
const PAGE = 4096
/** What Node itself, which ends the process without memory, may need meanwhile: less than the stack of a thread. */
const FOR_NODE = 192 * 1024
const UNLIMITED = 2 ** 53 - 1

async function main() {
  const [local, remote] = socketpair()
  const selector = new Selector()
  // For which a thread waits, over epoll too.
  selector.register(local, EVENT_READ | EVENT_PRIORITY)
  selector.wakeup()
  selector.select()
  remote.send('x')
  const outcome = () => selector.selectAsync().then(simplified, ({ code, message }) => [code, message])
  limit('AS', PAGE * Number.parseInt(readFileSync('/proc/self/statm', 'utf8'), 10) + FOR_NODE)
  const refused = outcome()
  limit('AS', UNLIMITED)
  console.log(JSON.stringify([await refused, selector.getMap().size, simplified(selector.select()), await outcome()]))
}

const simplified = (batch) => batch.map(([, mask]) => mask)

main()
