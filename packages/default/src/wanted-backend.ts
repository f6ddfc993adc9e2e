import { readFileSync } from 'node:fs'

/**
 * Returns the name in `SELECTORS_BACKEND`, or `undefined` if there is none. In a process that has more rights than the user who started it,
 * the variable is ignored, as Node ignores `NODE_OPTIONS`: that user must not decide what code is loaded.
 */
export function wantedBackend(): string | undefined {
  return isPrivileged() ? undefined : process.env.SELECTORS_BACKEND || undefined
}

/** By the set-user-ID or set-group-ID bit of the program, or by capabilities of its file. */
function isPrivileged(): boolean {
  return (
    process.getuid?.() !== process.geteuid?.() ||
    process.getgid?.() !== process.getegid?.() ||
    (process.platform === 'linux' && isSecure())
  )
}

/** An entry of the auxiliary vector that says so, see getauxval(3). */
const AT_SECURE = 23n

function isSecure(): boolean {
  let vector: Buffer
  try {
    vector = readFileSync('/proc/self/auxv')
  } catch (error) {
    // A process with more rights may not read it.
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
  const words = new BigUint64Array(vector.buffer.slice(vector.byteOffset, vector.byteOffset + (vector.length & ~7)))
  for (let i = 0; i + 1 < words.length; i += 2) if (words[i] === AT_SECURE) return words[i + 1] !== 0n
  return false
}
