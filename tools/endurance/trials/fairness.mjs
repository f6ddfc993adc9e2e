import { EVENT_WRITE } from '@selectors/core'
import { socketpair } from '@selectors/socket'
import { backends } from '../backends.mjs'

const ALWAYS_READY = 500
/** In milliseconds. */
const PERIOD = 20
/** In milliseconds: Node starts a period anew after the callback has looked at the clock, on a busy machine some time after. */
const BREAK = 100
/** Those that are handled before the timer comes. One that waited until nothing is ready would never come. */
const MOST_BATCHES = 4

/** Timers keep their time while descriptors are always ready, and each of these has its turn. */
export async function fairness({ short }) {
  const told = []
  for (const { name, Selector } of backends) {
    const ends = socketpair()
    const copies = Array.from({ length: ALWAYS_READY }, () => ends[0].dup())
    const selector = new Selector()
    for (const copy of copies) selector.register(copy, EVENT_WRITE)
    for (const [how, wait] of Object.entries(waits)) {
      told.push(`${name} by ${how}: ${await timersDuring(wait, selector, short ? 5 : 500)}`)
    }
    selector.close()
    for (const end of [...ends, ...copies]) end.close()
  }
  return told.join('; ')
}

/** They report every descriptor to `onReady`, which says when to stop. */
const waits = {
  'for await': async (selector, onReady) => {
    for await (const [key] of selector) if (onReady(key)) return
  },
  selectAsync: async (selector, onReady) => {
    for (;;) {
      let stops = false
      for (const [key] of await selector.selectAsync()) stops = onReady(key)
      if (stops) return
    }
  },
}

async function timersDuring(wait, selector, leastTicks) {
  const turns = new Map([...selector.getMap().values()].map(({ fd }) => [fd, 0]))
  const timer = new Timer()
  let reports = 0
  await wait(selector, ({ fd }) => {
    turns.set(fd, turns.get(fd) + 1)
    if (++reports % turns.size > 0) return false
    timer.countBatch()
    return timer.ticks >= leastTicks
  })
  timer.stop()
  const [least, most] = [Math.min(...turns.values()), Math.max(...turns.values())]
  if (most - least > 1) throw new Error(`one was reported ${least} times, another one ${most} times`)
  return `${reports} reports, timer late by ${timer.latest} batches`
}

/** Counts how many batches are handled after it was due: how long that takes is a matter of what else the machine does. */
class Timer {
  ticks = 0
  latest = 0
  #late = 0
  #due = performance.now() + PERIOD + BREAK
  #interval = setInterval(() => {
    this.ticks++
    this.latest = Math.max(this.latest, this.#late)
    this.#late = 0
    this.#due = performance.now() + PERIOD + BREAK
  }, PERIOD)

  countBatch() {
    if (performance.now() > this.#due && ++this.#late > MOST_BATCHES) throw new Error('a timer does not come')
  }

  stop() {
    clearInterval(this.#interval)
  }
}
