/** The calls that can fail. `pthread_create` returns its error; `malloc` stands for C++'s `new` too. */
export const calls: readonly string[]

/** What the environment of a program needs, so that its calls can fail. */
export const preloaded: { readonly LD_PRELOAD: string }

export interface Fault {
  /** How the path of the module ends whose calls fail, such as `epoll.node`; empty for Node itself. */
  readonly by: string
  /** Such as `ENOMEM`, which it is unless told. A code that is no error's sets `errno` to 0. */
  readonly code?: string
  /** How many of them succeed before. */
  readonly which?: number
  /** How many fail then: one unless told. */
  readonly times?: number
}

/**
 * Makes one call of a module fail, in any thread, and counts its calls of all kinds from 0. With no call, nothing fails.
 *
 * @throws {Error} if the module is not loaded
 */
export function fail(call: string | undefined, fault: Fault): void

/** Lets all calls succeed, and stops counting; returns how many have failed. */
export function clear(): number

/** How often the module has called a function. */
export function made(call: string): number

/** How many calls have failed. */
export function failed(): number

/**
 * Limits what the process may have of a resource from now on: one more than its highest descriptor, or its bytes of memory. See
 * setrlimit(2). Needs no preloaded library.
 *
 * @returns the limit that it had; -1 is none
 */
export function limit(resource: 'NOFILE' | 'AS', most: number): number
