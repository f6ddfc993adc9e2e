import type { Contender } from './case.js'
import { type Command, Program } from './program.js'

/** A contender whose program does one pass, and is started again for each turn because only the first pass counts. */
export function fresh(name: string, command: Command): Contender {
  return { name, start: async () => ({ measure: () => firstAnswer(command), async stop() {} }) }
}

async function firstAnswer(command: Command): Promise<number> {
  const program = await Program.start(command)
  try {
    return await program.ask(1)
  } finally {
    await program.stop()
  }
}
