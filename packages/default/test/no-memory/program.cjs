// In a process that @selectors/faults is preloaded in: has each allocation of a binding fail, one after the other, in everything that
// a selector does, and prints what came of each. Arguments: a package and its class.
const { [process.argv[3]]: Selector } = require(process.argv[2])
const { clear, fail } = require('@selectors/faults')
const { pipe } = require('@selectors/socket')

const by = `${process.argv[2].split('/')[1]}.node`
const ENOUGH = 40
const kept = []
const HIGH = process.argv[3] === 'SelectSelector' ? 1000 : 2 ** 31 - 1

/** What is prepared, with memory; what is tried, without; and what is to hold afterwards, whether or not it failed. */
const tasks = {
  construct: {
    prepare: () => ({}),
    attempt: (state) => {
      state.selector = new Selector()
    },
    works: ({ selector = new Selector() }) => works(selector),
  },
  register: {
    prepare: () => ({ selector: new Selector(), fd: openWriter() }),
    attempt: ({ selector, fd }) => void selector.register(fd, 2),
    works: ({ selector, fd }, failed) => selector.getMap().has(fd) !== failed && works(selector),
  },
  'register a high number': {
    prepare: () => ({ selector: new Selector() }),
    attempt: ({ selector }) => void selector.register(HIGH, 2),
    works: ({ selector }, failed) => {
      if (selector.getMap().has(HIGH) === failed) return false
      if (!failed) selector.unregister(HIGH)
      return works(selector)
    },
  },
  'register many': {
    prepare: () => ({ selector: new Selector(), fds: Array.from({ length: 40 }, () => openWriter()) }),
    attempt: ({ selector, fds }) => {
      for (const fd of fds) selector.register(fd, 2)
    },
    works: ({ selector }) => selector.select(0).length === selector.getMap().size && works(selector),
  },
  modify: {
    prepare: () => registered(),
    attempt: ({ selector, fd }) => void selector.modify(fd, 3),
    works: ({ selector }, failed) => (failed || selector.select(0).length === 1) && works(selector),
  },
  select: {
    prepare: () => registered(),
    attempt: ({ selector }) => selector.select(0),
    works: ({ selector }) => selector.select(0).length === 1 && works(selector),
  },
  'select, with more than before': {
    prepare: () => {
      const { selector } = registered()
      selector.select(0)
      for (let i = 0; i < 70; i++) selector.register(openWriter(), 2)
      return { selector }
    },
    attempt: ({ selector }) => selector.select(0),
    works: ({ selector }) => selector.select(0).length === 71 && works(selector),
  },
  wakeup: {
    prepare: () => registered(),
    attempt: ({ selector }) => selector.wakeup(),
    works: ({ selector }) => works(selector),
  },
  waker: {
    prepare: () => registered(),
    attempt: ({ selector }) => void selector.waker(),
    works: ({ selector }) => works(selector) && selector.waker().token > 0,
  },
  unregister: {
    prepare: () => registered(),
    attempt: ({ selector, fd }) => void selector.unregister(fd),
    works: ({ selector }, failed) => !failed && selector.select(0).length === 0 && works(selector),
  },
  selectAsync: {
    prepare: () => registered(),
    attempt: ({ selector }) => selector.selectAsync(),
    works: ({ selector }) => works(selector),
  },
}

/** The writing end of a pipe that stays open for a task: its objects are kept, because collecting them would close it. */
function openWriter() {
  const ends = pipe()
  kept.push(ends)
  return ends[1].fileno()
}

function registered() {
  const selector = new Selector()
  const fd = openWriter()
  selector.register(fd, 2)
  return { selector, fd }
}

/** Whether a selector does what it is for. */
function works(selector) {
  const [reader, writer] = pipe()
  writer.write('x')
  const key = selector.register(reader, 1)
  const found = selector.select(0).some(([ready]) => ready === key)
  selector.unregister(reader)
  return found
}

/** The codes of the errors that an allocation's failure led to. */
async function codesOf({ prepare, attempt, works }) {
  const codes = []
  for (const call of ['malloc', 'calloc', 'realloc']) {
    for (let which = 0; which < ENOUGH; which++) {
      const state = prepare()
      fail(call, { by, which })
      let code
      try {
        await attempt(state)
      } catch (error) {
        code = error.code ?? error.message
      }
      if (clear() === 0) break
      codes.push(code ?? 'nothing')
      if (!works(state, code !== undefined)) codes.push('does not work afterwards')
      state.selector?.close()
    }
  }
  for (const end of kept.splice(0).flat()) end.close()
  return codes
}

async function main() {
  // Looks once in the process for other copies of the binding.
  const first = new Selector()
  first.waker()
  first.close()
  const found = {}
  for (const [task, steps] of Object.entries(tasks)) found[task] = await codesOf(steps)
  console.log(JSON.stringify(found))
}

main()
