import { EDGE_TRIGGERED, EVENT_READ, EVENT_WRITE, EXCLUSIVE, ONE_SHOT } from '@selectors/core'
import { type FileModel, ForeignFile, PlainFile } from './file.js'
import { PipeReader, PipeWriter } from './pipe.js'
import type { Registration } from './registration.js'
import type { SelectorModel } from './selector-model.js'

/** What comes of a call: it is done, or throws an error of this name. */
export type Outcome = 'done' | 'ValueError' | 'KeyError' | 'SystemError' | 'SelectorClosedError'

const SHAREABLE = EVENT_READ | EVENT_WRITE | EDGE_TRIGGERED | EXCLUSIVE

/** What may come of `register()`. @param fd the number of the file object, if it has one or had one as it was registered */
export function ofRegister(model: SelectorModel, fd: number | undefined, events: number): Outcome[] {
  if (model.isClosed) return ['SelectorClosedError']
  if (!isKnown(model, events) || fd === undefined) return ['ValueError']
  if (model.registrations.has(fd)) return ['KeyError']
  const file = model.fileAt(fd)
  if (file === undefined) return model.supports.unopened === false ? ['SystemError'] : ['done']
  return ofAdding(model, file)
}

/** What may come of `modify()`; a SystemError ends the registration. @param asks whether the system is asked */
export function ofModify(model: SelectorModel, fd: number | undefined, events: number, asks: boolean): Outcome[] {
  if (model.isClosed) return ['SelectorClosedError']
  if (!isKnown(model, events) || fd === undefined) return ['ValueError']
  const registration = model.registrations.get(fd)
  if (registration === undefined) return ['KeyError']
  if (!asks) return ['done']
  const file = model.fileAt(fd)
  const { unopened } = model.supports
  if (file === undefined) return unopened === false ? ['SystemError'] : ['done']
  // What has become another file may be one that the system refuses.
  if (file instanceof PlainFile && model.supports.regularFiles !== true) return ['done', 'SystemError']
  return registration.wasClosed && unopened === false ? ['done', 'SystemError'] : ofAdding(model, file)
}

/** What may come of looking something up, or of unregistering it. */
export function ofLookingUp(model: SelectorModel, fd: number | undefined): Outcome[] {
  if (model.isClosed) return ['SelectorClosedError']
  if (fd === undefined) return ['ValueError']
  return model.registrations.has(fd) ? ['done'] : ['KeyError']
}

/** Whether `modify()` asks the system: something changes, or is armed again, or may be another file. */
export function asks({ key }: Registration, events: number, fileobj: unknown): boolean {
  const isOther = typeof fileobj !== 'number' && fileobj !== key.fileobj
  return events !== key.events || isOther || (events & (EDGE_TRIGGERED | ONE_SHOT)) !== 0
}

function isKnown({ supports }: SelectorModel, events: number): boolean {
  if ((events | 0) !== events || (events & ~(supports.events | supports.modes)) !== 0) return false
  return (events & supports.events) !== 0 && ((events & EXCLUSIVE) === 0 || (events & ~SHAREABLE) === 0)
}

function ofAdding({ supports, takesAny }: SelectorModel, file: FileModel): Outcome[] {
  if (file instanceof PlainFile && !takesAny && supports.regularFiles !== true) {
    return supports.regularFiles === false ? ['SystemError'] : ['done', 'SystemError']
  }
  // The BSDs refuse a pipe whose other end is gone.
  const isPipe = file instanceof PipeReader || file instanceof PipeWriter
  const isRefused = file instanceof ForeignFile || (isPipe && !supports.hangUp && supports.fileno)
  return isRefused ? ['done', 'SystemError'] : ['done']
}
