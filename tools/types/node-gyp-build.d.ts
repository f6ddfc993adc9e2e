declare module 'node-gyp-build' {
  /** Loads the binary that fits from `build/Release` or `prebuilds` in `directory`. */
  function nodeGypBuild(directory: string): unknown
  namespace nodeGypBuild {
    /** Answers the path of that binary; throws when there is none. */
    function resolve(directory: string): string
  }
  export default nodeGypBuild
}
