import { join } from 'node:path'
import type { BaseSelector, FileObject, SelectorOptions, Supports } from '@selectors/core'
import type { Subject } from './selectors/subject.js'

interface SelectorClass {
  new (options?: SelectorOptions): BaseSelector<unknown, FileObject>
  readonly name: string
  readonly supports: Supports
}

/** The packages of this family that run on Linux, the last two over emulations of their kernels. */
const modules = [
  require.resolve('@selectors/epoll'),
  require.resolve('@selectors/poll'),
  require.resolve('@selectors/select'),
  emulated('kqueue'),
  emulated('devpoll'),
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

function emulated(backend: string): string {
  return join(__dirname, '../../../packages', backend, 'build-emulated')
}
