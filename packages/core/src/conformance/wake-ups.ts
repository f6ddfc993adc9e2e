import { readdirSync, readFileSync } from 'node:fs'

/** How often a thread may wake up at most in so many seconds. Node.js says what ends a thread; elsewhere it is asked, ever less often. */
export const IDLE =
  process.versions.bun === undefined && process.versions.deno === undefined
    ? { seconds: 1, most: 8 }
    : { seconds: 2, most: 32 }

/**
 * Returns how often this thread has gone to sleep by itself since it started. Each hundredth of a second in which it did not sleep
 * counts too: what looks all the time would otherwise seem to sleep well.
 */
export function wakeUps(): number {
  return wakeUpsOf('/proc/thread-self')
}

/** Begins to count the wake-ups of this thread, and of those that are started from now on. Returns a function that says how many. */
export function countWakeUps(): () => number {
  const before = wakeUps()
  const others = new Set(threads())
  return () => {
    const started = threads().filter((thread) => !others.has(thread))
    return started.map(wakeUpsOf).reduce((sum, count) => sum + count, wakeUps() - before)
  }
}

function threads(): string[] {
  return readdirSync('/proc/self/task').map((id) => `/proc/self/task/${id}`)
}

/** See proc_pid_status(5) and proc_pid_stat(5). */
function wakeUpsOf(thread: string): number {
  const [, switches] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync(`${thread}/status`, 'utf8')) ?? []
  const [, user, system] = /\) \S+(?: \S+){10} (\d+) (\d+)/.exec(readFileSync(`${thread}/stat`, 'utf8')) ?? []
  return Number(switches) + Number(user) + Number(system)
}
