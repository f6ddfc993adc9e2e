import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Starts a registry of npm packages, which only this machine can reach.
 *
 * @param directory for what is published; it need not exist
 * @returns its address, and how to end it; it ends with this process in any case
 */
export async function startRegistry(directory) {
  const server = fork(fileURLToPath(new URL('registry-server.mjs', import.meta.url)), [directory], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  const [port] = await Promise.race([once(server, 'message'), once(server, 'exit')])
  if (server.exitCode !== null) throw new Error(`The registry ended with ${server.exitCode}`)
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.disconnect() }
}
