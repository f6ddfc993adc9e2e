import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Command, Program } from './program.js'
import { compiled } from './tools.js'

/** Lets a program of ../../c send requests to a server, which has said its port, and returns the figures that it prints. */
export async function generate(generator: string, server: Program, ...args: Command): Promise<number[]> {
  const port = server.greeting.split(' ')[1] as string
  const child = spawn(compiled(generator), [port, ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const figures = (await text(child.stdout)).trim().split(' ').map(Number)
  if (!figures.every((figure) => figure > 0)) throw new Error(`No replies from the server on port ${port}`)
  return figures
}
