// Whether a selector is what its keys say, and works.
const { EVENT_READ, EVENT_WRITE } = require('@selectors/core')
const { calls, clear, fail, made } = require('@selectors/faults')
const { socketpair } = require('@selectors/socket')

const READ_WRITE = EVENT_READ | EVENT_WRITE
const IN_VAIN = 0.004
/** How many system calls a wait in vain makes at most. */
const MOST_CALLS = 24

/**
 * Says what is wrong with a selector after something failed.
 *
 * @param by the module that makes its system calls
 */
exports.faultsOf = async ({ selector, wait }, Selector, by) => {
  const wrong = []
  const own = selector ?? new Selector()
  const [reader, writer] = socketpair()
  const check = async (what, holds) => {
    try {
      if (!(await holds())) wrong.push(what)
    } catch (error) {
      wrong.push(`${what}: ${error.message}`)
    }
  }

  await check('what waited is woken', async () => {
    if (selector === undefined || wait === undefined) return true
    own.wakeup()
    await wait.catch(() => {})
    own.select(0)
    return true
  })
  await check('it reports what it watches', () => {
    const copy = copyOf(own, Selector)
    const same = masksOf(own) === masksOf(copy)
    copy.close()
    return same
  })
  await check('it finds what is ready', () => {
    writer.send('x')
    const key = own.register(reader, EVENT_READ)
    return own.select(1).some(([ready]) => ready === key)
  })
  await check('it finds it without blocking', async () => {
    const key = own.getKey(reader)
    return (await own.selectAsync({ timeout: 5 })).some(([ready]) => ready === key)
  })
  await check('it watches nothing any more', () => {
    for (const { fd } of [...own.getMap().values()]) own.unregister(fd)
    return own.select(0).length === 0 && own.timedOut
  })
  await check('it waits in vain', () => isCalm(() => own.select(IN_VAIN), by))
  await check('it waits in vain without blocking', () => isCalm(() => own.selectAsync({ timeout: IN_VAIN }), by))
  await check('it is woken', () => {
    own.wakeup()
    return own.select(5).length === 0 && !own.timedOut
  })
  await check('it is woken without blocking', async () => {
    const wait = own.selectAsync({ timeout: 5 })
    own.wakeup()
    return (await wait).length === 0 && !own.timedOut
  })
  if (selector === undefined) own.close()
  reader.close()
  writer.close()
  return wrong
}

/** A new selector that watches the same; the modes of what has any are over. */
function copyOf(selector, Selector) {
  const copy = new Selector({ anyDescriptor: true })
  for (const { fd, events } of [...selector.getMap().values()]) {
    if (events === (events & READ_WRITE)) copy.register(fd, events)
    else selector.unregister(fd)
  }
  return copy
}

function masksOf(selector) {
  const batch = selector.select(0)
  return JSON.stringify(batch.map(([{ fd }, mask]) => [fd, mask]).sort(([a], [b]) => a - b))
}

/** Whether a wait finds nothing, and does not do so by asking all the time. */
async function isCalm(wait, by) {
  fail(undefined, { by })
  const batch = await wait()
  clear()
  return batch.length === 0 && calls.reduce((sum, call) => sum + made(call), 0) <= MOST_CALLS
}
