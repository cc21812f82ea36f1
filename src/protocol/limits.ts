/** The protocol's version: one number, raised when an adapter written for the one before would no longer do. */
export const PROTOCOL = 1;

/** A message of more bytes than this is refused, on both sides. */
export const MESSAGE_LIMIT = 1024 * 1024;

/** An event of more bytes than this is refused: a pipe takes up to 4096 bytes in one piece. */
export const EVENT_LIMIT = 4096;
