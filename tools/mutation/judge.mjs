/** How many tests of one run may turn out to tell nothing. */
const MOST_UNRELIABLE = 3

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
    if (before !== undefined && (await this.#fails(before, checkout)) && (await this.#passesUntouched(before)))
      return before
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
      if ((await this.#passesUntouched(test)) && (await this.#fails(test, checkout))) return test
      this.unreliable.add(`${test}`)
      told.push(test)
    }
    return undefined
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
