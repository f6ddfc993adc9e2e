import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** The published suite as somebody else runs it: under node:test, over a selector that is right and over some that are not. */
describe('the conformance suite under node:test', () => {
  it('finds nothing wrong with PollSelector', async () => {
    const { output, code } = await run({})
    expect(output).toMatch(/^# fail 0$/m)
    expect(Number(/^# pass (\d+)$/m.exec(output)?.[1])).toBeGreaterThan(150)
    expect(code).toBe(0)
  }, 120_000)

  it.each([
    ['KeptSelector', 'leaks', 'of forgotten selectors: the collector closes them'],
    ['LeakySelector', 'leaks', 'of memory: rounds of open and close, register and unregister'],
    ['HoardingSelector', 'leaks', 'of descriptors: 1000 selectors give back all that they took'],
    ['EndlessSelector', 'files', 'calls a regular file ready for reading until its end'],
    ['SilentSelector', 'what is thrown', 'ends the process after a wait that is ready'],
    ['InterruptedSelector', 'signals', 'do not shorten a wait with nothing ready'],
    ['CredulousSelector', 'wake-up', 'does nothing by a handle that nobody gave out'],
    ['StubbornSelector', 'threads', 'end at once by worker.terminate() while in select() on nothing'],
  ])(
    'finds the fault of %s, in the group "%s"',
    async (FAULTY, GROUP, test) => {
      const { output, code } = await run({ FAULTY, GROUP })
      expect(output).toMatch(new RegExp(`^ *not ok \\d+ - ${test.replace(/[()]/g, '\\$&')}$`, 'm'))
      expect(code).toBe(1)
    },
    120_000,
  )
})

function run(environment: NodeJS.ProcessEnv): Promise<{ output: string; code: number }> {
  const suite = join(__dirname, 'fixtures', 'suite.cjs')
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env
  const options = { env: { ...inherited, ...environment } }
  return new Promise((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=tap', suite], options, (error, output) => {
      resolve({ output, code: Number(error?.code ?? 0) })
    })
  })
}
