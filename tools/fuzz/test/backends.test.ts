import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** Always the same programs, and others each night: a model that is wrong once in a while is not to stop every change. */
const [OPERATIONS, SEED] = [100_000, 41]

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip

describeOnLinux('random programs', () => {
  it('run as the model says on every backend, each beside the others', async () => {
    const { code, output } = await run('--operations', `${OPERATIONS}`, '--seed', `${SEED}`)
    // It says the seed.
    console.log(output)
    expect(output).toMatch(
      /^seed \d+, over EpollSelector, PollSelector, SelectSelector, KqueueSelector, DevpollSelector$/m,
    )
    expect(Number(/^(\d+) operations in/m.exec(output)?.[1])).toBeGreaterThanOrEqual(OPERATIONS)
    expect(code).toBe(0)
  }, 900_000)
})

function run(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(__dirname, '../dist/main.js'), ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr })
    })
  })
}
