/** The module under test: on Linux a copy of this package that was built over the emulation in tools/emulations. */
export const entry = require.resolve(process.platform === 'linux' ? '../build-emulated' : '@selectors/kqueue')

export const { KqueueSelector } = require(entry) as typeof import('@selectors/kqueue')
export type KqueueSelector = import('@selectors/kqueue').KqueueSelector
