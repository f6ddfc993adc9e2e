import { setTimeout } from 'node:timers/promises'
import * as fc from 'fast-check'
import { Mismatch } from './mismatch.js'
import { step } from './operations/index.js'
import { Program, type System } from './program.js'

/** How many operations a program has at most. */
const LONGEST = 150
/** So many programs come of one seed. */
const PROGRAMS = 50
/** From one seed to the next, so that those of two runs differ. */
const STRIDE = 7919
/** Milliseconds that an asynchronous wait may take which has to end: at first, and in looking for a shorter program that fails. */
const PATIENCE = 10_000
const LITTLE_PATIENCE = 250
/** Milliseconds in which another thread lets go of what it is waking when that is closed. */
const LETTING_GO = 2000

/** Which programs to run. */
export interface Options {
  /** How many operations, at least. */
  readonly operations: number
  readonly seed: number
  /** What was printed of a failure, to run that program again. */
  readonly again?: { readonly path: string; readonly replay: string } | undefined
}

/** How much was done. */
export interface Counts {
  programs: number
  operations: number
  /** Of methods of selectors. */
  calls: number
}

/** A program in which a selector does not do what its model says, as short as it was found. */
export interface Failure {
  /** The program, a line for each operation. */
  readonly lines: readonly string[]
  readonly message: string
  readonly seed: number
  readonly path: string
  readonly replay: string
}

export interface Result extends Counts {
  readonly failure?: Failure
}

/** Runs random programs over all selectors of a system, until one fails or there were enough. */
export async function fuzz(system: System, { operations, seed, again }: Options): Promise<Result> {
  const counts = { programs: 0, operations: 0, calls: 0 }
  const steps = fc.commands([step], { maxCommands: LONGEST, size: 'max', ...(again && { replayPath: again.replay }) })
  for (let next = seed; counts.operations < operations; next += STRIDE) {
    let last: Pick<Failure, 'lines' | 'message'> | undefined
    const property = fc.asyncProperty(fc.boolean(), steps, async (takesAny, drawn) => {
      for (const again of [false, true]) {
        const open = system.countOpen()
        const patience = last === undefined ? PATIENCE : LITTLE_PATIENCE
        const program = new Program(system, takesAny, patience)
        try {
          await run(program, drawn, counts)
          const latest = Date.now() + Math.min(patience, LETTING_GO)
          while (system.countOpen() > open && Date.now() < latest) await setTimeout(1)
          if (system.countOpen() <= open) return
          // The first time it may be something that is opened on first use, and for good.
          if (again) throw new Mismatch('a descriptor is left open at the end')
        } catch (error) {
          last = { lines: program.lines, message: (error as Error).message }
          throw error
        }
      }
    })
    const only = again && { path: again.path, endOnFailure: true }
    const outcome = await fc.check(property, { seed: next, numRuns: PROGRAMS, ...only })
    if (last !== undefined) return { ...counts, failure: { ...last, seed: next, ...placeOf(outcome) } }
    if (again !== undefined) break
  }
  return counts
}

async function run(program: Program, drawn: Drawn, counts: Counts): Promise<void> {
  try {
    program.construct()
    await fc.asyncModelRun(() => ({ model: program, real: program }), drawn)
  } finally {
    program.end()
    counts.programs++
    counts.operations += program.lines.length
    counts.calls += program.calls
  }
}

type Drawn = Parameters<typeof fc.asyncModelRun<Program, Program, false, Program>>[1]

type Outcome = Pick<fc.RunDetails<unknown>, 'counterexamplePath'> & {
  readonly counterexample: readonly unknown[] | null
}

/** Where fast-check found a program. */
function placeOf({ counterexample, counterexamplePath }: Outcome): Pick<Failure, 'path' | 'replay'> {
  const [, replay = ''] = /replayPath="([^"]*)"/.exec(String(counterexample?.[1])) ?? []
  return { path: counterexamplePath ?? '', replay }
}
