import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const endurance = join(__dirname, '../endurance')

/** Their short forms: how long they last, not what they do. A failure names the seed, with which a trial can be repeated alone. */
it.each(readdirSync(join(endurance, 'trials')).map((file) => file.replace('.mjs', '')))(
  'the trial of endurance "%s" holds',
  (name) => {
    const options = { encoding: 'utf8', timeout: 180_000, killSignal: 'SIGKILL' } as const
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(endurance, 'run.mjs'), '--short', name],
      options,
    )
    expect(stdout).toMatch(new RegExp(`^--seed \\d+\n${name}: (?!FAILED)`))
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  },
  200_000,
)
