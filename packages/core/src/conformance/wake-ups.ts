import { readFileSync } from 'node:fs'

/** Returns how often this thread has gone to sleep by itself since it started, see proc_pid_status(5). */
export function wakeUps(): number {
  const [, count] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync('/proc/thread-self/status', 'utf8')) ?? []
  return Number(count)
}
