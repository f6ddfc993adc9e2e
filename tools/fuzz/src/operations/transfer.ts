import { EVENT_PRIORITY, EVENT_READ } from '@selectors/core'
import * as fc from 'fast-check'
import { Mismatch } from '../mismatch.js'
import { Channel } from '../model/channel.js'
import type { FileModel } from '../model/file.js'
import { TcpSocket } from '../model/sockets.js'
import type { Program } from '../program.js'
import type { Descriptor } from '../world/descriptor.js'
import { operation } from './step.js'

/** Milliseconds after which what was written has not arrived. */
const LONGEST = 2000

/** An end of a connection. */
type ChannelDescriptor = Descriptor & { readonly file: Channel }

const ends = ({ world }: Program): ChannelDescriptor[] =>
  world.open.filter((one): one is ChannelDescriptor => one.file instanceof Channel)
const writers = (program: Program) => ends(program).filter(({ file }) => file.canWrite)
const readers = (program: Program) => ends(program).filter(({ file }) => file.input !== undefined)
const urgents = (program: Program) => writers(program).filter(({ file, kind }) => kind.urgent && !file.output?.broken)

export const write = operation(
  'write',
  writers,
  { length: fc.integer({ min: 1, max: 100 }) },
  (program, writer, { length }) => {
    program.say(`${writer.name}.write('x'.repeat(${length}))`)
    const { file } = writer
    const edge = file.tellsAtOnce ? EVENT_READ : 0
    const written = unlessBroken(file, () => writer.end.write(Buffer.alloc(length))) ?? 0
    if (written !== length && file.output?.room === 'yes' && file.error === 'no')
      throw new Mismatch(
        `the system takes ${written} of ${length} bytes from ${writer.name}, which the model calls writable`,
      )
    file.output?.write(written)
    settleReset(file)
    happened(program, writer, written > 0 ? edge : 0)
  },
)

/** Writes until the system takes nothing more. */
export const fill = operation('fill', writers, {}, (program, writer) => {
  program.say(`fill(${writer.name})`)
  const { file, end } = writer
  const edge = file.tellsAtOnce ? EVENT_READ : 0
  const chunk = Buffer.alloc(1 << 16)
  let written = 0
  for (let taken = 1; taken > 0; written += taken) {
    taken = unlessBroken(file, () => end.write(chunk) || end.write(chunk.subarray(0, 1))) ?? 0
  }
  file.output?.fill(written, file.roomWhenFull)
  settleReset(file)
  // The last of the writes may have said so.
  file.useUp()
  happened(program, writer, written > 0 ? edge : 0)
})

export const read = operation('read', readers, { all: fc.boolean() }, (program, reader, { all }) => {
  program.say(all ? `drain(${reader.name})` : `${reader.name}.read()`)
  const { file, end } = reader
  const latest = Date.now() + LONGEST
  do {
    if (Date.now() > latest)
      throw new Mismatch(`the system does not deliver the last ${file.input?.bytes} bytes to ${reader.name}`)
    const { length = 0 } = unlessBroken(file, () => end.read()) ?? []
    file.input?.read(length)
    // What was filled goes on arriving.
    if (length === 0 && !(file.isRestless && file.error === 'no')) break
  } while (all && (file.input?.bytes ?? 0) > 0)
  happened(program, reader)
})

export const finish = operation(
  'finish',
  (program) => ends(program).filter(({ kind, file }) => kind.halfClose && file.canWrite && !file.output?.broken),
  {},
  (program, writer) => {
    program.say(`${writer.name}.finish()`)
    const edge = writer.file.tellsAtOnce ? -1 : 0
    writer.end.finish?.()
    writer.file.finish()
    happened(program, writer, edge)
  },
)

export const sendUrgent = operation(
  'sendUrgent',
  (program) => urgents(program).filter(({ file }) => file.output?.takesUrgent),
  {},
  (program, writer) => {
    program.say(`${writer.name}.sendUrgent()`)
    writer.end.sendUrgent?.()
    writer.file.output?.markUrgent()
    happened(program, writer, EVENT_PRIORITY)
  },
)

export const takeUrgent = operation(
  'takeUrgent',
  (program) => readers(program).filter(({ file, kind }) => kind.urgent && file.input?.urgent !== 'no'),
  {},
  (program, reader) => {
    program.say(`${reader.name}.takeUrgent()`)
    const { input } = reader.file
    let isLeft = false
    try {
      reader.end.takeUrgent?.()
    } catch (error) {
      // Reading past it may have lost it, and a connection that was reset keeps it for ever.
      if (input?.urgent === 'yes' && reader.file.error === 'no') throw error
      isLeft = (error as NodeJS.ErrnoException).code === 'ENOTCONN'
    }
    reader.file.useUp()
    if (input && !isLeft) input.urgent = 'no'
    happened(program, reader)
  },
)

/** @param edge what the other side is told */
function happened(program: Program, { file, ...one }: ChannelDescriptor, edge = 0): void {
  const others = ends(program).filter((other) => other.file !== file && other.file.connection === file.connection)
  const edges = new Map<FileModel, number>(others.map((other) => [other.file, edge]))
  program.happened({ file, ...one } as Descriptor, edges)
}

/** Makes a call that may say that the connection is broken. */
function unlessBroken<Result>(file: Channel, call: () => Result): Result | undefined {
  const wasBroken = file.error !== 'no' || file.output?.broken
  try {
    return call()
  } catch (error) {
    if (!wasBroken) throw error
    return undefined
  } finally {
    file.useUp()
  }
}

/** A TCP socket that is closed answers with a reset. */
function settleReset(file: Channel): void {
  if (file instanceof TcpSocket && file.output.broken) file.reset()
}
