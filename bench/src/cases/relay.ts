import type { Case } from '../runner/case.js'
import { C_IDLE, CPYTHON, c, JAVA, java, libuv, node, OURS, python } from '../runner/contenders.js'

/** How many pairs, and how many bytes that go round. */
const SIZES = [
  [100, 1],
  [100, 100],
  [1000, 100],
  [9900, 100],
] as const

export const relay: Case = {
  name: 'relay',
  title: 'The benchmark of libevent: bytes that go round',
  operation: 'receiving and sending a byte, select() included',
  unit: 'ns',
  measurements: () =>
    SIZES.map(([pairs, active]) => {
      const descriptors = ['pairs', pairs]
      return {
        name: `${pairs} pairs, ${active} active`,
        operations: active,
        contenders: [
          node(OURS, descriptors, 'relay', pairs, active),
          ...c(descriptors, 'relay', pairs, active),
          ...python(descriptors, 'relay', pairs, active),
          ...java(descriptors, 'Relay', pairs, active),
          ...libuv(descriptors, 'relay', pairs, active),
        ],
        goals: [
          { contender: OURS, baseline: C_IDLE, most: 1.15 },
          { contender: OURS, baseline: CPYTHON, most: 0.85 },
          { contender: OURS, baseline: JAVA, most: 1 },
        ],
      }
    }),
}
