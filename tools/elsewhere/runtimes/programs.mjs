/** The programs: their arguments, what Deno has to allow them, and what they print. */
export function programs(backends) {
  const closed = '64 ERR_SELECTOR_CLOSED\n'
  const ready = 'events 1 of the pipe: true\n'
  return [
    {
      file: 'echo.mjs',
      args: [],
      // The ones that the README asks for.
      permissions: ['--allow-ffi', '--allow-read', '--allow-env'],
      output: 'through select()\nthrough for await\n',
    },
    {
      file: 'compat-epoll.mjs',
      args: [],
      permissions: ['--allow-ffi', '--allow-read', '--allow-env'],
      output: `${ready}thrown by the callback\n${ready}`,
    },
    ...backends.map((backend) => ({
      file: 'many.mjs',
      args: [backend],
      // For /proc.
      permissions: ['--allow-all'],
      output: `${closed}${closed}threads left behind: none\n`,
    })),
  ]
}
