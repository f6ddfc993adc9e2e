import { rmSync } from 'node:fs'

export default function clean() {
  globalThis.registry.stop()
  rmSync(process.env.SELECTORS_PUBLISHED, { recursive: true })
}
