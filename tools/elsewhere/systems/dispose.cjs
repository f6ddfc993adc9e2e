// Node.js below 24 has these in its own realm only, and jest 29 does not bring them into that of the tests.
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) })
}
