import { join } from 'node:path'
import { describeSystems } from '@selectors/poll-emulation/suite'
import { pipe } from '@selectors/socket/pairs'

describeSystems('SelectSelector', join(__dirname, 'fixtures'), {
  // It finds the end of a pipe that receives ready for writing.
  macos: [{ ...pipe, vague: true }],
  openbsd: [pipe],
})
