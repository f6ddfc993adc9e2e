import type { Program } from '../program.js'
import type { Descriptor } from '../world/descriptor.js'
import { operation } from './step.js'

/** So many a program has at once. */
const MOST = 16

const hasRoom = ({ world }: Program) => world.open.length < MOST
const anyOpen = ({ world }: Program): readonly Descriptor[] => world.open

export const open = operation(
  'open',
  (program) => (hasRoom(program) ? program.system.kinds : []),
  {},
  (program, kind) => {
    const ends = program.world.openKind(kind)
    const names = ends.map(({ name }) => name).join(', ')
    program.say(`const [${names}] = ${kind.name}.open() // fd ${ends.map(({ fd }) => fd).join(', ')}`)
  },
)

export const dup = operation(
  'dup',
  (program) => (hasRoom(program) ? anyOpen(program) : []),
  {},
  (program, original) => {
    const twin = program.world.dup(original)
    program.say(`const ${twin.name} = ${original.name}.dup() // fd ${twin.fd}`)
    program.happened(original)
  },
)

export const close = operation('close', anyOpen, {}, (program, descriptor) => {
  program.say(`${descriptor.name}.close()`)
  const told = descriptor.file.tellsAtOnce ? -1 : 0
  program.close(descriptor)
  // The other side is told, if that was the last descriptor.
  const others = program.world.open.filter(({ file }) => file !== descriptor.file)
  const edges = descriptor.file.isOpen ? [] : others.map(({ file }) => [file, told] as const)
  program.happened(descriptor, new Map(edges))
})
