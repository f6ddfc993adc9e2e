import type { Case } from '../runner/case.js'
import { flooded } from '../runner/flood.js'
import { C_TWO, OWN, SHARED, two } from './cores.js'

/** How the system deals connections out: nothing that a selector could do better. */
export const shares: Case = {
  name: 'shares',
  title: 'How requests are shared by two workers',
  operation: 'the requests that the busier one serves, of 50 clients that never pause',
  unit: '%',
  slow: true,
  measurements: ({ brief }) => {
    const measurement = (name: string, requests: number) => ({
      name,
      contenders: two(0).map(([contender, command]) => flooded(contender, 'share', requests, command)),
      goals: [
        { contender: OWN, baseline: C_TWO },
        { contender: SHARED, baseline: OWN },
      ],
    })
    return [measurement('kept connections', 0), measurement('a connection for each request', 1)].slice(
      0,
      brief ? 1 : undefined,
    )
  },
}
