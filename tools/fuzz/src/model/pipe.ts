import { EVENT_ERROR, EVENT_HANGUP, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { Channel } from './channel.js'
import { GONE, PIPE, type State, stateOf } from './state.js'
import { Stream } from './stream.js'

/** pipe(7): one direction. The reader's hang-up is the end of the stream, the writer's is an error. */
export class PipeReader extends Channel {
  get state(): State {
    const { isReadable = 'no', ended = 'no' } = this.input ?? {}
    return stateOf([EVENT_READ, isReadable], [EVENT_HANGUP | GONE, ended], [PIPE, 'perhaps'])
  }
}

export class PipeWriter extends Channel {
  get state(): State {
    const { room = 'no', broken = false } = this.output ?? {}
    return broken ? stateOf([EVENT_WRITE | EVENT_ERROR | GONE, 'yes'], [PIPE, 'perhaps']) : stateOf([EVENT_WRITE, room])
  }
}

export function pipeModel(): [PipeReader, PipeWriter] {
  const [connection, stream] = [{}, new Stream()]
  return [new PipeReader(connection, stream, undefined), new PipeWriter(connection, undefined, stream)]
}
