import { emulation } from './emulation'

type Module = typeof import('@selectors/kqueue')

/** A kernel with kqueue(2), and the package as it is there: on Linux a copy that was built over the emulation in tools/emulations. */
export interface System extends Module {
  readonly name: string
  /** The absolute path of the module. */
  readonly entry: string
  /** Has the kernel be this system's, to be called before each group of tests. */
  use(): void
}

export const systems: readonly System[] =
  process.platform === 'linux' ? emulation.systems.map(emulated) : [real(require.resolve('@selectors/kqueue'))]

/** Describes what is so on each system, or on those of some names. */
export function describeOnEach(title: string, body: (system: System) => void, names?: readonly string[]): void {
  for (const system of systems) {
    if (names !== undefined && !names.includes(system.name)) continue
    describe(`${title}, on ${system.name}`, () => {
      beforeAll(() => system.use())
      body(system)
    })
  }
}

/** Describes what looks into the kernel or makes it fail, which only the emulation allows. */
export function describeOnEachEmulated(title: string, body: (system: System) => void): void {
  if (process.platform === 'linux') describeOnEach(title, body)
  else describe.skip(title, () => it.todo('is for the emulation only'))
}

function real(entry: string): System {
  const name = process.platform === 'darwin' ? 'macos' : process.platform
  return { ...(require(entry) as Module), name, entry, use() {} }
}

function emulated(name: string): System {
  const entry = require.resolve('./fixtures/emulated.cjs')
  const use = () => emulation.use(name)
  let module: Module | undefined
  process.env.KQUEUE_SYSTEM = name
  jest.isolateModules(() => {
    module = require(entry) as Module
  })
  return { ...(module as Module), name, entry, use }
}
