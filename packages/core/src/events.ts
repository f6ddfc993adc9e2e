/** A file object is ready for reading: data, a connection, the end of the stream or an error waits there. */
export const EVENT_READ = 1

/** A file object is ready for writing: the system takes at least one more byte, or reports an error. */
export const EVENT_WRITE = 2
