// The conformance suite in a process that looks for leaks at its end. Those that it starts have no time for that: they are to end at once.
process.env.ASAN_OPTIONS = process.env.ASAN_OPTIONS.replace('detect_leaks=1', 'detect_leaks=0')
await import('../prebuild/conformance.mjs')
