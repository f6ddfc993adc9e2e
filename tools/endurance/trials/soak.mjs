import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { backends } from '../backends.mjs'
import { descriptors, untilClosed } from '../descriptors.mjs'
import { Exchange } from '../exchange.mjs'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const PARTS = 8
const MEGABYTE = 1 << 20
/** How many descriptors a selector makes when it needs them: one that has not waited asynchronously yet has none of them. */
const OF_ONE_SELECTOR = 3

/** Connections come, talk and go, over and over: no message is lost, and memory, descriptors and latency are the same at the end. */
export async function soak({ short, random }) {
  const told = []
  for (const { name, Selector } of backends) {
    const before = descriptors()
    const parts = []
    const exchange = new Exchange(Selector, random)
    for (let part = 0; part < PARTS; part++) {
      await exchange.goOn(((short ? 1 : 200) * 1000) / PARTS)
      // First, because these are many, and more where the machine is less busy.
      const latency = exchange.takeLatency()
      parts.push({ memory: memory(), descriptors: descriptors().length, latency })
    }
    await exchange.end()
    await untilClosed(before)
    assertFlat(name, parts.slice(1), !short)
    told.push(`${name}: ${exchange.connections} connections, ${exchange.messages} messages`)
  }
  return told.join('; ')
}

function memory() {
  for (let i = 0; i < 3; i++) collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The first part warms up. What grows is more in the second half, even where it is least. */
function assertFlat(name, parts, isLong) {
  const half = Math.ceil(parts.length / 2)
  const [first, second] = [parts.slice(0, half), parts.slice(half)]
  const grows = (of, allowed) => {
    const [before, after] = [first, second].map((list) => Math.min(...list.map(of)))
    if (after > allowed(before)) throw new Error(`over ${name}, ${of.name} grew from ${before} to ${after}`)
  }
  grows(
    function memory(part) {
      return part.memory
    },
    (before) => before + MEGABYTE,
  )
  grows(
    function descriptors(part) {
      return part.descriptors
    },
    (before) => before + OF_ONE_SELECTOR,
  )
  // Of a short time, what else the machine does is most.
  if (!isLong) return
  grows(
    function latency(part) {
      return part.latency
    },
    (before) => 10 * before + 10,
  )
}
