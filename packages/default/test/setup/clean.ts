import { rmSync } from 'node:fs'

export default function clean(): void {
  rmSync(process.env.SELECTORS_PACKED as string, { recursive: true })
}
