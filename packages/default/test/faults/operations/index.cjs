// What a program does with a selector: what is there before, and the act during which a call fails. `syscall` is the part of the
// selector, as its mechanism names it, whose call an error is to name, or that call; where there is none, no failure is told.
// `needs` is what a backend has to support.
module.exports = {
  ...require('./opening.cjs'),
  ...require('./registering.cjs'),
  ...require('./selecting.cjs'),
  ...require('./waking.cjs'),
  ...require('./asynchronous.cjs'),
}
