/** Returns an environment variable that is set, unless the runtime keeps it back, as Deno does without `--allow-env`. */
export function environment(name: string): string | undefined {
  try {
    return process.env[name] || undefined
  } catch {
    return undefined
  }
}
