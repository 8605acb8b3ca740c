import type { IncomingMessage } from "node:http";
import { GatewayError } from "@copilot-llm/model";

/** How much of a too large body is read and thrown away, so that its sender gets to see the answer. */
const maxDiscardedBytes = 64 * 1024 * 1024;

/**
 * The request's body as it came. Throws `request_too_large` above `maxBytes`, `client_closed` when the client hangs up,
 * `invalid_request` for a compressed body.
 */
export function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const encoding = incoming.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    incoming.resume();
    throw new GatewayError(
      "invalid_request",
      `Compressed request bodies (content-encoding: ${encoding}) are not supported.`,
    );
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else if (length <= maxBytes + maxDiscardedBytes) chunks.length = 0;
      else {
        incoming.pause();
        reject(tooLarge(maxBytes));
      }
    });
    const hungUp = (): void =>
      reject(new GatewayError("client_closed", "The client hung up while sending its request."));
    incoming.on("end", () => {
      // Every request closes in the end; an error that nobody hears of costs a stack trace all the same.
      incoming.off("close", hungUp);
      if (length > maxBytes) reject(tooLarge(maxBytes));
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
    });
    incoming.on("error", hungUp);
    incoming.on("close", hungUp);
  });
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    "request_too_large",
    `The request body is larger than ${maxBytes} bytes, the most this gateway takes.`,
  );
}
