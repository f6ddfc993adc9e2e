import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'

/**
 * Returns the name in `SELECTORS_BACKEND`, or `undefined` if there is none. In a process that has more rights than the user who started it,
 * the variable is ignored, as Node ignores `NODE_OPTIONS`: that user must not decide what code is loaded.
 */
export function wantedBackend(): string | undefined {
  const wanted = process.env.SELECTORS_BACKEND || undefined
  return wanted !== undefined && isPrivileged() ? undefined : wanted
}

/** By the set-user-ID or set-group-ID bit of the program, or by capabilities of its file. */
function isPrivileged(): boolean {
  return hasOthersIds() || (process.platform === 'linux' && isSecure())
}

function hasOthersIds(): boolean {
  try {
    return process.getuid?.() !== process.geteuid?.() || process.getgid?.() !== process.getegid?.()
  } catch (error) {
    // Deno keeps them back without --allow-sys, and there it is as with Node: isSecure() knows.
    if ((error as Error).name === 'NotCapable') return false
    throw error
  }
}

/** An entry of the auxiliary vector that says so, see getauxval(3). */
const AT_SECURE = 23

function isSecure(): boolean {
  let vector: Buffer
  try {
    vector = readFileSync('/proc/self/auxv')
  } catch (error) {
    // A process with more rights may not read it.
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
  // Pairs of an unsigned long each, whose low half says enough.
  const word = ['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390'].includes(process.arch) ? 4 : 8
  const numberAt = (at: number) =>
    endianness() === 'LE' ? vector.readUInt32LE(at) : vector.readUInt32BE(at + word - 4)
  for (let at = 0; at + 2 * word <= vector.length; at += 2 * word) {
    if (numberAt(at) === AT_SECURE) return numberAt(at + word) !== 0
  }
  return false
}
