import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'

const source = join(__dirname, '..', 'src')

/** The rooms that each room may import from, beside itself, the seam (`poller.ts`) and the clock. */
const below: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  selector: ['contract'],
  binding: [],
  native: ['binding', 'contract'],
}

it.each(Object.entries(below))('%s imports from nothing but %j, the seam and the clock', (room, others) => {
  const files = readdirSync(join(source, room)).map((file) => join(room, file))
  expect(files).not.toEqual([])
  for (const file of files) {
    for (const [, target] of readFileSync(join(source, file), 'utf8').matchAll(/from '(\.[^']+)\.js'/g)) {
      const imported = normalize(join(room, target as string))
      expect([room, ...others, 'poller', 'clock']).toContain(imported.split('/')[0])
    }
  }
})
