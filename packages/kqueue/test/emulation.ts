import type * as kqueueEmulation from '@selectors/kqueue-emulation'

const emulated = process.platform === 'linux'

/** Describes what looks into the kernel or makes it fail, which only the emulation allows. */
export const describeEmulated = emulated ? describe : describe.skip

export const emulation: typeof kqueueEmulation = emulated && require('@selectors/kqueue-emulation')
