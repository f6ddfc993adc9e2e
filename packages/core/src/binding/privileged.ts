import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'

/**
 * Says whether the process has more rights than the user who started it, by the set-user-ID or set-group-ID bit of its program or by
 * capabilities of its file. That user has written the environment, and must not decide what code is loaded: Node ignores `NODE_OPTIONS` there.
 */
export function isPrivileged(): boolean {
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
