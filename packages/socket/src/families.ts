/** What the addresses of each family look like. These are types alone, which every module may import. */

/** An IPv4 address. The host is a number, a name, `''` for any, or `'<broadcast>'`; the system returns numbers. */
export type InetAddress = readonly [host: string, port: number]

/** An IPv6 address, with the flow information (0 to 0xfffff) and the scope; the system returns all four. */
export type Inet6Address = readonly [host: string, port: number, flowinfo?: number, scopeId?: number]

/**
 * A path of at most 107 bytes (less on some systems), an abstract name (Linux) that starts with `'\0'`, or `''` for
 * none.
 */
export type UnixAddress = string

/**
 * An address of any other family, such as AF_NETLINK: the bytes of the system's own `struct sockaddr_*`, all of them, `sa_family`
 * included, in the byte order that the structure has. At most 128 bytes. The system returns a Buffer.
 */
export type RawAddress = Uint8Array

/** Where a socket is, or is to connect to: its family says which of these it is. */
export type Address = InetAddress | Inet6Address | UnixAddress | RawAddress

declare const addressOf: unique symbol

/** A family's number, which knows what the addresses of its sockets look like. */
export type AddressFamily<A extends Address> = number & { readonly [addressOf]: A }

/** What says that a socket's addresses are `A`: a constant such as AF_INET. Of a plain number, they may be any. */
export type FamilyOf<A extends Address> = AddressFamily<A> | (Address extends A ? number : never)
