import type { Case } from '../runner/case.js'
import { node, OURS, python } from '../runner/contenders.js'
import { fresh } from '../runner/fresh.js'

const COUNT = 9900
const DESCRIPTORS = ['sockets', COUNT, 0, 3]

export const memory: Case = {
  name: 'memory',
  title: 'Memory of the process for each registered descriptor',
  operation: 'a descriptor of 9900 in epoll',
  unit: 'bytes',
  slow: true,
  measurements: () => [
    {
      name: `${COUNT} registered`,
      contenders: [node(OURS, DESCRIPTORS, 'memory', COUNT), ...python(DESCRIPTORS, 'memory', COUNT)].map(fresh),
      goals: [{ contender: OURS, most: 256 }],
    },
  ],
}
