import { join } from 'node:path'
import { describeSystems } from '@selectors/poll-emulation/suite'
import { pipe, tcpPair } from '@selectors/socket/pairs'

describeSystems('PollSelector', join(__dirname, 'fixtures'), { macos: [pipe, tcpPair], openbsd: [pipe] })
