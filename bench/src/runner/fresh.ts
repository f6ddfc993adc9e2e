import type { Contender } from './case.js'

/** A contender that is started anew for each turn, because its first pass is what counts. */
export function fresh(contender: Contender): Contender {
  return {
    name: contender.name,
    start: async () => ({
      async measure(seconds) {
        const run = await contender.start()
        try {
          return await run.measure(seconds)
        } finally {
          await run.stop()
        }
      },
      async stop() {},
    }),
  }
}
