import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { GatewayError } from "@copilot-llm/model";
import { bodyTooLarge, clientClosed } from "./body-refusals.js";
import { type ContentEncoding, createContentDecoder, parseContentEncoding } from "./content-decoder.js";

/** How much of a too large body is read and thrown away, so that its sender gets to see the answer. */
const maxDiscardedBytes = 64 * 1024 * 1024;

/**
 * The request's body, decoded where it came compressed. Rejects with `request_too_large` when it is larger than `maxBytes`
 * before or after that, `client_closed` when the client hangs up or has done so already, `invalid_request` for what
 * cannot be decoded, and throws `unsupported_encoding` for a compression that is not taken.
 */
export function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  try {
    const encoding = parseContentEncoding(incoming.headers);
    return encoding === null ? readPlain(incoming, maxBytes) : readCompressed(incoming, encoding, maxBytes);
  } catch (error) {
    discard(incoming);
    throw error;
  }
}

function readPlain(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (incoming.destroyed) {
      reject(clientClosed());
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else if (length <= maxBytes + maxDiscardedBytes) chunks.length = 0;
      else {
        incoming.pause();
        reject(bodyTooLarge(maxBytes));
      }
    });
    const hungUp = (): void => reject(clientClosed());
    incoming.on("end", () => {
      // Every request closes in the end; an error that nobody hears of costs a stack trace all the same.
      incoming.off("close", hungUp);
      if (length > maxBytes) reject(bodyTooLarge(maxBytes));
      else resolve(join(chunks, length));
    });
    incoming.on("error", hungUp);
    incoming.on("close", hungUp);
  });
}

async function readCompressed(
  incoming: IncomingMessage,
  encoding: ContentEncoding,
  maxBytes: number,
): Promise<Uint8Array> {
  const decoder = await createContentDecoder(encoding, maxBytes);
  try {
    return await decode(incoming, decoder, encoding, maxBytes);
  } finally {
    decoder.destroy();
  }
}

function decode(
  incoming: IncomingMessage,
  decoder: Transform,
  encoding: ContentEncoding,
  maxBytes: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (incoming.destroyed) {
      reject(clientClosed());
      return;
    }
    const chunks: Buffer[] = [];
    let received = 0;
    let length = 0;
    const hungUp = (): void => reject(clientClosed());
    const refuse = (error: GatewayError): void => {
      incoming.unpipe(decoder);
      incoming.off("data", count);
      incoming.off("close", hungUp);
      decoder.destroy();
      discard(incoming);
      reject(error);
    };
    const count = (chunk: Buffer): void => {
      received += chunk.length;
      if (received > maxBytes) refuse(bodyTooLarge(maxBytes));
    };
    decoder.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else if (!decoder.destroyed) refuse(bodyTooLarge(maxBytes));
    });
    decoder.on("end", () => {
      incoming.off("close", hungUp);
      resolve(join(chunks, length));
    });
    decoder.on("error", (cause) => {
      const message = `The request body cannot be decoded as ${encoding}, which its \`content-encoding\` says it is.`;
      refuse(new GatewayError("invalid_request", message, { cause }));
    });
    incoming.on("data", count);
    incoming.on("error", hungUp);
    incoming.on("close", () => {
      if (!incoming.readableEnded) hungUp();
    });
    incoming.pipe(decoder);
  });
}

/** Reads the rest for nothing, so that its sender gets to see the answer. */
function discard(incoming: IncomingMessage): void {
  let discarded = 0;
  incoming.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > maxDiscardedBytes) incoming.pause();
  });
  incoming.on("error", () => {});
  incoming.resume();
}

function join(chunks: readonly Buffer[], length: number): Buffer {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}
