import type * as kqueueEmulation from '@selectors/kqueue-emulation'

/** The kernels that stand in for a real one, on Linux. */
export const emulation: typeof kqueueEmulation = process.platform === 'linux' && require('@selectors/kqueue-emulation')
