import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const tools = join(__dirname, '..')

/** The files that are compiled for a package on a system, as gyp calls it. */
export function sources(name: string, os: string): string[] {
  const program = `
    import { compilation } from ${JSON.stringify(join(tools, 'prebuild/compilation.mjs'))}
    const sources = compilation(process.argv[1], process.argv[2]).map(({ source }) => source)
    console.log(JSON.stringify(sources))`
  const native = join(tools, '../packages', name, 'native')
  const args = ['--input-type=module', '-e', program, '--', native, os]
  const answer: string[] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  return answer.map((source) => source.slice(native.length + 1))
}
