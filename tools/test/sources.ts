import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const tools = join(__dirname, '..')

/** The files that are compiled for some packages on a system, as gyp calls it. */
export function sources(names: readonly string[], os: string): string[][] {
  const program = `
    import { compilation } from ${JSON.stringify(join(tools, 'prebuild/compilation.mjs'))}
    const [os, ...directories] = process.argv.slice(1)
    const sources = directories.map((native) => compilation(native, os).map(({ source }) => source.slice(native.length + 1)))
    console.log(JSON.stringify(sources))`
  const directories = names.map((name) => join(tools, '../packages', name, 'native'))
  const args = ['--input-type=module', '-e', program, '--', os, ...directories]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}
