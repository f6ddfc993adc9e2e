/** How many tests of one run may turn out to tell nothing. */
const MOST_UNRELIABLE = 3
/** A test that takes longer than this, alone, may fail for being late. */
const LONG_MS = 15_000

/**
 * Says what notices a mistake: a test that fails with it, alone as well, and passes alone without it. So one that is late on a busy
 * machine notices nothing.
 */
export class Judge {
  /** Tests that have failed for another reason. */
  unreliable = new Set()
  #untouched
  #noticed
  /** Whether a test passes without a mistake, by the test. */
  #passes = new Map()

  constructor(untouched, noticed) {
    this.#untouched = untouched
    this.#noticed = noticed
  }

  /** The likeliest first: what has noticed it before, then what has noticed others in this file. */
  async whatNotices(mutant, checkout) {
    const before = this.#noticed.of(mutant)
    // It has failed alone already.
    if (before !== undefined && (await this.#noticesAlone(before, checkout))) return before
    for (const run of [...this.#noticed.inFileOf(mutant), ...mutant.tests]) {
      const test = await this.#firstToNotice(run, checkout)
      if (test !== undefined) return test
    }
    return undefined
  }

  async #firstToNotice(run, checkout) {
    const told = []
    while (told.length < MOST_UNRELIABLE) {
      const test = await checkout.firstFailure(run, told)
      if (test === undefined) return undefined
      if (await this.#noticesAlone(test, checkout)) return test
      this.unreliable.add(`${test}`)
      told.push(test)
    }
    return undefined
  }

  async #noticesAlone(test, checkout) {
    const start = performance.now()
    if (!(await this.#fails(test, checkout))) return false
    // The machine may have become busy since.
    if (performance.now() - start > LONG_MS) this.#passes.delete(`${test}`)
    return this.#passesUntouched(test)
  }

  async #fails(test, checkout) {
    return (await checkout.firstFailure(test.run)) !== undefined
  }

  #passesUntouched(test) {
    const key = `${test}`
    if (!this.#passes.has(key))
      this.#passes.set(
        key,
        this.#fails(test, this.#untouched).then((fails) => !fails),
      )
    return this.#passes.get(key)
  }
}
