import { closeSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import type { End } from '@selectors/core/conformance'
import { pipe, unixPair } from '@selectors/socket/pairs'
import { PlainFile } from '../model/file.js'
import { pipeModel } from '../model/pipe.js'
import { tcpModel, unixModel } from '../model/sockets.js'
import { type Kind, pairUp } from './kind.js'
import { openTcpPair } from './tcp-pair.js'

const both = EVENT_READ | EVENT_WRITE

/** Files that are not empty. The emulations tell them apart by their inodes, so that they are taken in turn. */
const files = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => join(__dirname, name))
let turn = 0

const file: Kind = {
  name: 'file',
  ends: ['file'],
  open: () => [[openFile(files[turn++ % files.length] as string), new PlainFile({ must: both, may: both })]],
}

/** What Linux does with each is in the models. */
export const kinds: readonly Kind[] = [
  { name: 'pipe', ends: ['reader', 'writer'], open: () => pairUp(pipe.open(), pipeModel()) },
  { name: 'unixPair', ends: ['a', 'b'], open: () => pairUp(unixPair.open(), unixModel()), halfClose: true },
  {
    name: 'tcpPair',
    ends: ['client', 'server'],
    open: () => pairUp(openTcpPair(), tcpModel()),
    halfClose: true,
    urgent: true,
    isSlow: true,
  },
  file,
]

function openFile(path: string): End {
  let fd = openSync(path, 'r')
  return {
    fileno: () => fd,
    read: () => undefined,
    write: () => 0,
    close() {
      if (fd >= 0) closeSync(fd)
      fd = -1
    },
    dup: () => openFile(path),
  }
}
