import * as fc from 'fast-check'
import type { Program } from '../program.js'

/** One operation of a program, with what it was drawn with. */
export class Step implements fc.AsyncCommand<Program, Program> {
  readonly #name: string
  readonly #can: (program: Program) => boolean
  readonly #run: (program: Program) => unknown

  constructor(name: string, can: (program: Program) => boolean, run: (program: Program) => unknown) {
    this.#name = name
    this.#can = can
    this.#run = run
  }

  check(program: Readonly<Program>): boolean {
    // fast-check's type has no methods and private members.
    return this.#can(program as Program)
  }

  async run(program: Program): Promise<void> {
    await this.#run(program)
  }

  toString(): string {
    return this.#name
  }
}

/** An operation on something that is chosen among what there is: nothing is done if there is nothing. */
export function operation<Choice, Args extends object>(
  name: string,
  candidates: (program: Program) => readonly Choice[],
  args: { [Name in keyof Args]: fc.Arbitrary<Args[Name]> },
  run: (program: Program, choice: Choice, args: Args) => unknown,
): fc.Arbitrary<Step> {
  return fc.tuple(fc.nat(99), fc.record(args)).map(
    ([which, drawn]) =>
      new Step(
        name,
        (program) => candidates(program).length > 0,
        (program) => {
          const choices = candidates(program)
          return run(program, choices[which % choices.length] as Choice, drawn as Args)
        },
      ),
  )
}

/** An operation on all selectors. */
export function onSelectors<Args extends object>(
  name: string,
  args: { [Name in keyof Args]: fc.Arbitrary<Args[Name]> },
  run: (program: Program, args: Args) => unknown,
  can: (program: Program) => boolean = () => true,
): fc.Arbitrary<Step> {
  return fc.record(args).map((drawn) => new Step(name, can, (program) => run(program, drawn as Args)))
}
