import type { Case } from '../runner/case.js'
import { C, C_IDLE, CPYTHON, ITERATOR, nodeCommand, OURS, pythonCommand, WORKER } from '../runner/contenders.js'
import { server as serverOf } from '../runner/server.js'
import { compiled, hasPython, hasWrk } from '../runner/tools.js'

const NET = 'net'
const HTTP = 'http'

export const server: Case = {
  name: 'server',
  title: 'An HTTP server with 50 kept connections',
  operation: 'a request, in time of the processor',
  unit: 'ns',
  slow: true,
  measurements: () =>
    hasWrk
      ? [
          {
            name: 'GET',
            contenders: [
              serverOf(OURS, nodeCommand('server/select')),
              serverOf(WORKER, nodeCommand('server/worker')),
              serverOf(ITERATOR, nodeCommand('server/iterator')),
              serverOf(C, [compiled('server'), 'alone']),
              serverOf(C_IDLE, [compiled('server'), 'idle-thread']),
              ...(hasPython ? [serverOf(CPYTHON, pythonCommand('server'))] : []),
              serverOf(NET, nodeCommand('server/net')),
              serverOf(HTTP, nodeCommand('server/http')),
            ],
            goals: [
              { contender: OURS, baseline: C_IDLE, most: 1.12 },
              { contender: OURS, baseline: CPYTHON, most: 1.0 },
              { contender: OURS, baseline: NET, most: 0.75 },
              { contender: ITERATOR, baseline: NET, most: 1 },
            ],
          },
        ]
      : [],
}
