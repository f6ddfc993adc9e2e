import type { Case } from '../runner/case.js'
import { fresh } from '../runner/fresh.js'
import { file } from '../runner/tools.js'

const REQUIRE = 'require'
const CLASSES = { default: 'DefaultSelector', epoll: 'EpollSelector', poll: 'PollSelector', select: 'SelectSelector' }

export const start: Case = {
  name: 'start',
  title: 'Loading a package in a new process',
  operation: 'loading, in time of the processor',
  unit: 'ns',
  slow: true,
  measurements: () =>
    Object.entries(CLASSES).map(([name, className]) => {
      const load = (how: string) => [
        process.execPath,
        file('dist/programs/start.cjs'),
        how,
        `@selectors/${name}`,
        className,
      ]
      return {
        name: `@selectors/${name}`,
        contenders: [
          fresh(REQUIRE, load('require')),
          fresh('import', load('import')),
          fresh('require, a selector', load('construct')),
        ],
        goals: [{ contender: REQUIRE, most: 6e6 }],
      }
    }),
}
