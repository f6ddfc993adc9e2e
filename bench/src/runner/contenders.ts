// The contenders that most cases have, each by the arguments of its program.
import type { Contender } from './case.js'
import { type Command, program } from './program.js'
import { compiled, compiledClasses, compiledWithLibuv, file, hasJava, hasLibuv, hasPython } from './tools.js'

/** The names of contenders, as the tables have them. */
export const OURS = 'selectors'
export const C = 'C'
export const C_IDLE = 'C, idle thread'
export const CPYTHON = 'CPython'
export const JAVA = 'Java NIO'
export const LIBUV = 'libuv'
export const WORKER = 'select() in a worker'
export const ITERATOR = 'for await'
export const LEAST = 'Node, least'

/** How a contender gets its descriptors: the arguments of c/descriptors.c. */
export type Descriptors = Command

/** A program in Node, from src/programs. */
export function node(name: string, descriptors: Descriptors, path: string, ...args: Command): Contender {
  return program(name, [...inherit(descriptors), ...nodeCommand(path, ...args)])
}

/** A program in C, alone and beside an idle thread. */
export function c(descriptors: Descriptors, source: string, ...args: Command): Contender[] {
  const command = (threads: string) => [...inherit(descriptors), compiled(source), threads, ...args]
  return [program(C, command('alone')), program(C_IDLE, command('idle-thread'))]
}

/** A program in Python, or none where python3 is missing. */
export function python(descriptors: Descriptors, script: string, ...args: Command): Contender[] {
  return hasPython ? [program(CPYTHON, [...inherit(descriptors), ...pythonCommand(script), ...args])] : []
}

/** A class of Java's, or none where it cannot be compiled. */
export function java(descriptors: Descriptors, name: string, ...args: Command): Contender[] {
  if (!hasJava) return []
  // For java/Inherited.java.
  const opens = ['--add-opens', 'java.base/sun.nio.ch=ALL-UNNAMED']
  return [program(JAVA, [...inherit(descriptors), 'java', '-cp', compiledClasses(), ...opens, name, ...args])]
}

/** A program in C with a uv_poll_t for each descriptor, beside an idle thread; or none where libuv is missing. */
export function libuv(descriptors: Descriptors, source: string, ...args: Command): Contender[] {
  if (!hasLibuv) return []
  return [program(LIBUV, [...inherit(descriptors), compiledWithLibuv(`uv_${source}`), 'idle-thread', ...args])]
}

export function nodeCommand(path: string, ...args: Command): Command {
  return [process.execPath, file('dist', 'programs', `${path}.js`), ...args]
}

/** -B: without a cache of its modules, which would lie among the sources. */
export function pythonCommand(script: string): Command {
  return ['python3', '-B', file('python', `${script}.py`)]
}

/** What a program is started with, so that it has these descriptors. */
export function inherit(descriptors: Descriptors): Command {
  return [compiled('descriptors'), ...descriptors]
}
