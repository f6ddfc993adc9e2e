import type { Case } from '../runner/case.js'
import { node } from '../runner/contenders.js'

const LOW = 3
/** The numbers below 20 000, which is as many as many a process may have. */
const HIGH = 19_800
const COUNT = 100

const ALONE = 'alone'
const COMPANY = 'in company'
const DENSE = 'numbers from 3 on'
const SPARSE = `numbers from ${HIGH} on`

export const company: Case = {
  name: 'company',
  title: 'A selector beside others, and descriptors with high numbers',
  operation: 'select(0), or register() and unregister()',
  unit: 'ns',
  measurements: () => [
    ...[1, COUNT].map((ready) => ({
      name: `${ready} ready, beside eleven selectors on three mechanisms`,
      contenders: [
        node(COMPANY, ['sockets', ready, ready, LOW], 'company', 4, 3, ready, ready, LOW),
        node(ALONE, ['sockets', ready, ready, LOW], 'company', 1, 1, ready, ready, LOW),
      ],
      goals: [{ contender: COMPANY, baseline: ALONE, most: 1.05 }],
    })),
    {
      name: `${COUNT} ready, with high numbers`,
      contenders: [
        node(SPARSE, ['sockets', COUNT, COUNT, HIGH], 'ready', 'epoll', COUNT, COUNT, HIGH),
        node(DENSE, ['sockets', COUNT, COUNT, LOW], 'ready', 'epoll', COUNT, COUNT, LOW),
      ],
      goals: [{ contender: SPARSE, baseline: DENSE, most: 1.05 }],
    },
    {
      name: 'register, with high numbers',
      operations: COUNT,
      contenders: [
        node(SPARSE, ['sockets', COUNT, 0, HIGH], 'churn', 'register', 'epoll', COUNT, HIGH),
        node(DENSE, ['sockets', COUNT, 0, LOW], 'churn', 'register', 'epoll', COUNT, LOW),
      ],
      goals: [{ contender: SPARSE, baseline: DENSE, most: 1.05 }],
    },
  ],
}
