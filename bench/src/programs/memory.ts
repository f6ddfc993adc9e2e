// memory COUNT: reports, instead of a time, how many bytes of this process each of COUNT registered descriptors, from number 3
// on, takes: everything that has become resident, on the heap of JavaScript and beside it. To be asked once.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { answerRounds } from './rounds.js'

const FIRST = 3
const FEW = 100
const WARM_UP = 200
/** So many that what V8 gives back meanwhile, some megabytes, is little. */
const SELECTORS = 20
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const end = FIRST + Number(process.argv[2])

await answerRounds(() => {
  // Compiles the code, which would count otherwise; with few descriptors, because what they leave is used again.
  for (let i = 0; i < WARM_UP; i++) register(FIRST + FEW).close()
  const before = residentBytes()
  const selectors = Array.from({ length: SELECTORS }, () => register(end))
  const taken = residentBytes() - before
  for (const selector of selectors) selector.close()
  return taken / (end - FIRST) / SELECTORS
})

function register(end: number): EpollSelector {
  const selector = new EpollSelector()
  for (let fd = FIRST; fd < end; fd++) selector.register(fd, EVENT_READ)
  // Makes the room for all events.
  selector.select(0)
  return selector
}

function residentBytes(): number {
  for (let i = 0; i < 4; i++) collectGarbage()
  return process.memoryUsage.rss()
}
