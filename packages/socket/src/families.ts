/** What the addresses of each family look like: types alone, so that whatever needs them can have them. */

/** An IPv4 address. The host is a number, a name, `''` for any, or `'<broadcast>'`; the system tells numbers. */
export type InetAddress = readonly [host: string, port: number]

/** An IPv6 address, with the flow information (0 to 0xfffff) and the scope; the system tells all four. */
export type Inet6Address = readonly [host: string, port: number, flowinfo?: number, scopeId?: number]

/**
 * A path of at most 107 bytes (less on some systems), an abstract name (Linux) that starts with `'\0'`, or `''` for
 * none.
 */
export type UnixAddress = string

/** Where a socket is, or is to connect to: its family says which of these it is. */
export type Address = InetAddress | Inet6Address | UnixAddress

declare const addressOf: unique symbol

/** A family's number, which knows what the addresses of its sockets look like. */
export type AddressFamily<A extends Address> = number & { readonly [addressOf]: A }
