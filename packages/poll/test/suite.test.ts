import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** The published suite as somebody else runs it: under node:test, over a selector that is right and over some that are not. */
describe('the conformance suite under node:test', () => {
  it('finds nothing wrong with PollSelector', async () => {
    const { output, code } = await run({})
    expect(output).toMatch(/^# fail 0$/m)
    expect(Number(/^# pass (\d+)$/m.exec(output)?.[1])).toBeGreaterThan(150)
    expect(code).toBe(0)
  }, 300_000)

  it.each([
    ['KeptSelector', 'leaks', 'of forgotten selectors: the collector closes them'],
    ['LeakySelector', 'leaks', 'of memory: rounds of open and close, register and unregister'],
    ['HoardingSelector', 'leaks', 'of descriptors: 1000 selectors give back all that they took'],
    ['EndlessSelector', 'files', 'calls a regular file ready for reading until its end'],
    ['ModestSelector', 'special files', 'are refused if they are /dev/null'],
    ['UnendingSelector', 'special files', 'are waited for if they are named FIFOs, until the other end is gone'],
    ['SilentSelector', 'what is thrown', 'ends the process after a wait that is ready'],
    ['InterruptedSelector', 'signals', 'do not shorten a wait with nothing ready'],
    ['CredulousSelector', 'wake-up', 'does nothing by a handle that nobody gave out'],
    ['RestlessSelector', 'idleness', 'lets the main thread sleep ever longer'],
    [
      'RestlessWorkerSelector',
      'idleness',
      'lets a thread sleep ever longer whose event loop has something left to be done',
    ],
    ['RestlessLoopSelector', 'idleness', 'lets all sleep ever longer that waits while the event loop does'],
    ['StubbornSelector', 'threads', 'end at once by worker.terminate() while in select() on nothing'],
  ])(
    'finds the fault of %s, in the group "%s"',
    async (FAULTY, GROUP, TEST) => {
      const { output, code } = await run({ FAULTY, GROUP, TEST, LIMIT: '8' })
      expect(output).toMatch(new RegExp(`^ *not ok \\d+ - ${TEST.replace(/[()]/g, '\\$&')}$`, 'm'))
      expect(code).toBe(1)
    },
    120_000,
  )
})

describe('a run of the suite ends, and says which test has failed,', () => {
  it('where a test blocks its thread for ever', async () => {
    const { output, code } = await run({ FAULTY: 'BlockingSelector', GROUP: 'blocking', LIMIT: '1' })
    expect(output).toMatch(
      /^(# )?BlockingSelector on a pipe, blocking: waits for what comes, with the timeout undefined\n(# )? +blocks its thread for ever/m,
    )
    expect(code).toBe(1)
  }, 60_000)

  it.each([
    [
      'EternalSelector',
      'wake-up',
      'ends an asynchronous wait, and no other',
      /EternalSelector on a pipe, wake-up: ends an asynchronous wait, and no other does not end within 2 s/,
    ],
    [
      'TiringSelector',
      'selectAsync()',
      'leaves other work its turn',
      /not ok \d+ - leaves other work its turn, however much is ready$/m,
    ],
    ['UnbornSelector', 'leaks', 'of memory', /UnbornSelector on a pipe, leaks: of memory.+ does not end within 2 s/],
    ['UnclosableSelector', 'getKey()', '', /I stay/],
    ['EagerSelector', 'readiness', '', /fd \d+ for EVENT_READ\|EVENT_WRITE is ready, not fd \d+ for EVENT_WRITE/],
    [
      'LenientSelector',
      'getKey()',
      '',
      /threw nothing and returned undefined, where KeyError \(ERR_SELECTOR_KEY\) was expected/,
    ],
  ])(
    'over %s, in the group "%s"',
    async (FAULTY, GROUP, TEST, message) => {
      const { output } = await run({ FAULTY, GROUP, TEST, LIMIT: '2' })
      expect(output).toMatch(message)
      expect(output).not.toMatch(/\d+ !== \d+|Missing expected/)
      expect(output).not.toMatch(/unhandledRejection|uncaughtException/)
    },
    60_000,
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
