import type { Case } from '../runner/case.js'
import { CPYTHON, inherit, nodeCommand, OURS, pythonCommand } from '../runner/contenders.js'
import { fresh } from '../runner/fresh.js'
import { hasPython } from '../runner/tools.js'

const COUNT = 9900
const descriptors = () => inherit(['sockets', COUNT, 0, 3])

export const memory: Case = {
  name: 'memory',
  title: 'Memory of the process for each registered descriptor',
  operation: 'a descriptor of 9900 in epoll',
  unit: 'bytes',
  slow: true,
  measurements: () => [
    {
      name: `${COUNT} registered`,
      contenders: [
        fresh(OURS, [...descriptors(), ...nodeCommand('memory'), COUNT]),
        ...(hasPython ? [fresh(CPYTHON, [...descriptors(), ...pythonCommand('memory'), COUNT])] : []),
      ],
      goals: [{ contender: OURS, most: 256 }],
    },
  ],
}
