/** The directory of the C++ headers. */
export const include: string
/** The gyp target that brings the headers and the settings that they need, for the `dependencies` of a binding.gyp. */
export const target: string
