import { churn } from './churn.js'
import { company } from './company.js'
import { cores } from './cores.js'
import { growth } from './growth.js'
import { latency } from './latency.js'
import { memory } from './memory.js'
import { ready } from './ready.js'
import { relay } from './relay.js'
import { server } from './server.js'
import { shares } from './shares.js'
import { start } from './start.js'
import { wake } from './wake.js'

/** In the order of the report. */
export const cases = [ready, churn, relay, wake, server, latency, cores, shares, memory, start, growth, company]
