import type { GatewayError } from "./error.js";

/** Receives a body. After `end` or `fail`, exactly one of which comes, nothing more is called. */
export interface ByteSink {
  /** Takes the chunk. False asks the source to wait for `ByteStream.resume`; chunks already under way may still come. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  /** The body broke off: what came before is all there is. */
  fail(error: GatewayError): void;
}

/**
 * A body that is pushed to one consumer with backpressure. It costs no promise per chunk, which is why the data path
 * uses it and not web streams. Nothing flows before `start`.
 */
export interface ByteStream {
  /** Attaches the one consumer; a second call throws. */
  start(sink: ByteSink): void;
  /** Asks for more after `write` returned false. */
  resume(): void;
  /** Stops at once and lets go of the connection. No sink method is called afterwards. Idempotent. */
  abort(): void;
}
