import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import {
  GONE,
  type Kind,
  PlainFile,
  pairUp,
  pipeModel,
  SocketModel,
  type State,
  type System,
  stateOf,
} from '@selectors/fuzz'
import { FakeKernel, FakeRegularFile } from '../../../packages/core/test/fake-kernel'
import { fakePairs } from '../../../packages/core/test/fake-pairs'
import { FakePoller } from '../../../packages/core/test/fake-poller'
import { FakeSelector, likeEpoll } from '../../../packages/core/test/fake-selector'
import type { Fault } from '../../../packages/core/test/faulty/fault'

/** A socket of the fake kernel: one that is closed is a hang-up and an error to the other. */
class FakeSocket extends SocketModel {
  override get state(): State {
    const { input, output } = this
    return stateOf(
      [EVENT_READ, input.isReadable],
      [EVENT_WRITE, this.isWritable],
      [EVENT_PRIORITY, input.urgent],
      [EVENT_HANGUP, input.ended],
      [EVENT_ERROR | GONE, output.broken ? 'yes' : 'no'],
    )
  }

  protected override get isWritable() {
    return this.output.broken ? 'yes' : this.output.room
  }

  protected override breakOff(): void {}
}

/** A selector that is wrong in one way, or in none, over a kernel of its own. */
export function fakeSystem({
  selector: Selector = FakeSelector,
  poller: Poller = FakePoller,
  supports = likeEpoll,
}: Partial<Fault>): System {
  const kernel = new FakeKernel()
  return {
    subjects: [
      {
        name: 'FakeSelector',
        create: ({ anyDescriptor } = {}) => new Selector(new Poller(kernel, supports, anyDescriptor)),
        supports,
      },
    ],
    kinds: kindsOf(kernel),
    isOpen: (fd) => kernel.file(fd) !== undefined,
    countOpen: () =>
      Array.from({ length: 1000 }, (_, fd) => kernel.file(fd)).filter((file) => file !== undefined).length,
  }
}

function kindsOf(kernel: FakeKernel): Kind[] {
  const [pipe, sockets] = fakePairs(kernel)
  if (pipe === undefined || sockets === undefined) throw new Error('no fake pairs')
  const openFile = () => {
    let fd = kernel.open(new FakeRegularFile())
    return {
      fileno: () => fd,
      read: () => undefined,
      write: () => 0,
      close() {
        if (fd >= 0) kernel.close(fd)
        fd = -1
      },
      dup: openFile,
    }
  }
  const both = EVENT_READ | EVENT_WRITE
  return [
    { name: 'pipe', ends: ['reader', 'writer'], open: () => pairUp(pipe.open(), pipeModel()) },
    {
      name: 'socketpair',
      ends: ['a', 'b'],
      halfClose: true,
      urgent: true,
      open: () => pairUp(sockets.open(), SocketModel.pair(FakeSocket)),
    },
    { name: 'file', ends: ['file'], open: () => [[openFile(), new PlainFile({ must: both, may: both })]] },
  ]
}
