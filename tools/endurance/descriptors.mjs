import { readdirSync, readlinkSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** In milliseconds: longer than anything takes on a busy machine. */
const SOON = 20_000

/** What is open and has no path: selectors, what they watch, wake-ups. Node leaves files open of which it loads a module in a thread that ends. */
export function descriptors() {
  return readdirSync('/proc/self/fd')
    .map(fileOf)
    .filter((file) => file?.includes(':[') ?? false)
}

/** Waits until no more are open than before; throws if that does not come. */
export async function untilClosed(before) {
  const end = performance.now() + SOON
  for (let now = descriptors(); now.length > before.length; now = descriptors()) {
    if (performance.now() > end)
      throw new Error(`left open: ${now.filter((file) => !before.includes(file))}, of ${now}`)
    await setTimeout(10)
  }
}

function fileOf(fd) {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    // The directory itself.
    return undefined
  }
}
