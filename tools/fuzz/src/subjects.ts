import { join } from 'node:path'
import type { BaseSelector, FileObject, SelectorOptions, Supports } from '@selectors/core'
import type { Subject } from './selectors/subject.js'

interface SelectorClass {
  new (options?: SelectorOptions): BaseSelector<unknown, FileObject>
  readonly name: string
  readonly supports: Supports
}

const packages = join(__dirname, '../../../packages')

/** The packages of this family that run on Linux, the last two over emulations of their kernels. */
const modules = [
  require.resolve('@selectors/epoll'),
  require.resolve('@selectors/poll'),
  require.resolve('@selectors/select'),
  // As it is on the system of KQUEUE_SYSTEM.
  join(packages, 'kqueue/test/fixtures/emulated.cjs'),
  join(packages, 'devpoll/build-emulated'),
]

/** This family's backends. @param names such as `epoll`; all where there is none */
export function ours(names: readonly string[]): Subject[] {
  const all = modules.flatMap((module) => subjectsOf(module))
  return names.length === 0
    ? all
    : all.filter(({ name }) => names.some((one) => name.toLowerCase() === `${one}selector`))
}

/** The selector classes that a module exports. */
export function subjectsOf(module: string): Subject[] {
  const exports = Object.values(require(module) as object)
  const classes = exports.filter((value): value is SelectorClass => typeof value === 'function' && 'supports' in value)
  return classes.map((Class) => ({
    name: Class.name,
    create: (options) => new Class(options),
    supports: Class.supports,
    module,
  }))
}
