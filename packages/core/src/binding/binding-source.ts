import { normalize } from 'node:path'

/** Which binding a package needs, and where the package is. */
export interface BindingSource {
  /** The package that the binding belongs to, such as `@selectors/epoll`: its binding says so itself. */
  readonly package: string
  /** The number of the interface between the binding and who calls it, which the binding names as well. */
  readonly version: number
  /**
   * Returns the directory that holds `binding.gyp`, `build` and `prebuilds`. It is a function because a bundle that is an ES
   * module may have no `__dirname`, and importing a package never throws. A method that returns
   * `${__dirname}/../native` is what tools that trace files (`@vercel/nft`, `@vercel/ncc`) follow; an arrow function is not.
   */
  directory(): string
}

/** Returns that directory; nothing where the code cannot tell where it is. */
export function directoryOf(source: BindingSource): string | undefined {
  try {
    return normalize(source.directory())
  } catch {
    return undefined
  }
}
