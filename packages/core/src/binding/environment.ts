/** Returns an environment variable that is set, unless the runtime keeps it back, as Deno does without `--allow-env`. */
export function environment(name: string): string | undefined {
  try {
    return process.env[name] || undefined
  } catch {
    return undefined
  }
}

/**
 * Returns an environment variable that becomes a part of a file's name, if it is a word. Anything else could lead to a file that is nobody's
 * binding, in a process too that is privileged.
 */
export function wordInEnvironment(name: string): string | undefined {
  const value = environment(name)
  return value !== undefined && /^\w+$/.test(value) ? value : undefined
}
