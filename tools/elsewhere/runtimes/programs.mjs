/** The programs: their arguments, what Deno has to allow them, and what they print. */
export function programs(backends) {
  const closed = '64 ERR_SELECTOR_CLOSED\n'
  return [
    {
      file: 'echo.mjs',
      args: [],
      // The ones that the README asks for.
      permissions: ['--allow-ffi', '--allow-read', '--allow-env'],
      output: 'through select()\nthrough for await\n',
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
