/** A fenced block of a Markdown page. */
export interface Block {
  /** What stands behind the fence: `ts` is a program that runs, a `text` right after it what it prints. */
  readonly language: string
  readonly code: string
  /** The line of the opening fence, counted from 1. */
  readonly line: number
  /** What a first line such as `// recording-selector.mts` calls it: the programs of the page import it by that name. */
  readonly file: string | undefined
}

/** Answers the fenced blocks of a Markdown page, in their order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```([\w-]*)\n(.*?)^```$/gms)].map((match) => ({
    language: match[1] as string,
    code: match[2] as string,
    line: page.slice(0, match.index).split('\n').length,
    file: /^\/\/ (\S+\.mts)\n/.exec(match[2] as string)?.[1],
  }))
}
