import * as fc from 'fast-check'
import { type Oddity, oddities, refuses } from '../selectors/oddities.js'
import { onSelectors } from './step.js'

/** Something that every selector refuses. */
export const oddity = onSelectors(
  'oddity',
  { odd: fc.constantFrom<Oddity>(...oddities) },
  (program, { odd }) => {
    const fd = program.world.open[0]?.fd ?? 0
    return program.eachAsync(odd.line(fd), (one) => refuses(one, odd, fd))
  },
  ({ tests }) => tests.every(({ model }) => !model.isClosed && !model.isPending),
)
