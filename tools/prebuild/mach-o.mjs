import { readFileSync } from 'node:fs'

const [LC_SYMTAB, LC_BUILD_VERSION] = [0x2, 0x32]
const SIZE_OF_HEADER = 32
const SIZE_OF_SYMBOL = 16
const [N_STAB, N_TYPE, N_EXT] = [0xe0, 0x0e, 0x01]

/**
 * Reads a library of macOS, for a processor of 64 bits: <mach-o/loader.h>, <mach-o/nlist.h>.
 *
 * @returns the oldest macOS that it says it is for, such as `11.0`, and the symbols that it imports, without the `_` before each
 */
export function readMachO(file) {
  const image = readFileSync(file)
  let oldest
  let imported = []
  let at = SIZE_OF_HEADER
  for (let left = image.readUInt32LE(16); left > 0; left--) {
    const field = (index) => image.readUInt32LE(at + 4 * index)
    if (field(0) === LC_BUILD_VERSION) oldest = `${field(3) >> 16}.${(field(3) >> 8) & 0xff}`
    if (field(0) === LC_SYMTAB) imported = importsOf(image, field(2), field(3), field(4))
    at += field(1)
  }
  return { oldest, imported }
}

function importsOf(image, symbols, count, strings) {
  const names = []
  for (let at = symbols; at < symbols + count * SIZE_OF_SYMBOL; at += SIZE_OF_SYMBOL) {
    const type = image[at + 4]
    if (type & N_STAB || type & N_TYPE || !(type & N_EXT)) continue
    const start = strings + image.readUInt32LE(at)
    names.push(image.toString('latin1', start, image.indexOf(0, start)).replace(/^_/, ''))
  }
  return names
}
