import type { Case, Contender } from '../runner/case.js'
import { C_IDLE, c, node } from '../runner/contenders.js'

const FIRST = 3
const READY = 10
const SIZES = [10, 30, 100, 300, 900, 3000, 9900]
const FEW_SIZES = [10, 900]
/** What select(2) accepts, FD_SETSIZE, less the descriptors of the process itself. */
const MOST_IN_SELECT = 900

export const growth: Case = {
  name: 'growth',
  title: `What ${READY} ready descriptors cost among more and more others`,
  operation: 'one ready descriptor',
  unit: 'ns',
  measurements: ({ brief }) =>
    (brief ? FEW_SIZES : SIZES).map((size) => ({
      name: `${READY} of ${size}`,
      size,
      operations: READY,
      contenders: ['epoll', 'poll', 'select']
        .filter((mechanism) => mechanism !== 'select' || size <= MOST_IN_SELECT)
        .flatMap((mechanism) => contenders(mechanism, size)),
    })),
}

function contenders(mechanism: string, size: number): Contender[] {
  const descriptors = ['sockets', size, READY, FIRST]
  const args = [mechanism, size, READY, FIRST]
  const baselines = c(descriptors, 'ready', ...args).filter(({ name }) => name === C_IDLE)
  return [
    node(mechanism, descriptors, 'ready', ...args),
    ...baselines.map((baseline) => ({ ...baseline, name: `${mechanism} in C` })),
  ]
}
