/** One test of a package: its file, and its whole name, or none where the file itself cannot be run. */
export class Test {
  constructor(directory, file, name = '') {
    this.directory = directory
    this.file = file
    this.name = name
  }

  static parse(text) {
    const [, directory, file, name] = /^(\S+) (\S+): (.*)$/s.exec(text)
    return new Test(directory, file, name)
  }

  /** Runs it alone. */
  get run() {
    return runOf([this])
  }

  toString() {
    return `${this.directory} ${this.file}: ${this.name}`
  }
}

/** What runs tests of one package, as in mutants/tests.mjs. */
export function runOf(tests) {
  const names = new Set(tests.map(({ name }) => escaped(name)))
  const files = [...new Set(tests.map(({ file }) => `${escaped(file)}$`))]
  return [tests[0].directory, ...files, '-t', `^(${[...names].join('|')})$`]
}

function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
