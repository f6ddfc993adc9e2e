import type { Runner } from '@selectors/core/conformance'

/** One test of the suite, with what is done before and after it. */
export interface Test {
  /** The names of the groups around it, and its own. */
  readonly path: readonly string[]
  run(): Promise<void>
}

/** Collects the tests that are described, without running them. */
export function collect(describe: (runner: Runner) => void): Test[] {
  const tests: Test[] = []
  let path: string[] = []
  let hooks: { before: (() => void)[]; after: (() => void)[] } = { before: [], after: [] }

  describe({
    describe(name, body) {
      const outer = { path, hooks }
      path = [...path, name]
      hooks = { before: [...hooks.before], after: [...hooks.after] }
      body()
      ;({ path, hooks } = outer)
    },
    it(name, body) {
      const { before, after } = hooks
      tests.push({
        path: [...path, name],
        async run() {
          for (const hook of before) hook()
          try {
            await body()
          } finally {
            for (const hook of after) hook()
          }
        },
      })
    },
    beforeEach: (hook) => hooks.before.push(hook),
    afterEach: (hook) => hooks.after.push(hook),
  })
  return tests
}
