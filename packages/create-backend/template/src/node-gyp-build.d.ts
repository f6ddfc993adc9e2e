declare module 'node-gyp-build' {
  /** Loads the binary that fits from `build/Release` or `prebuilds` in `directory`. */
  export default function nodeGypBuild(directory: string): unknown
}
