import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { type Clock, GatewayError } from "@copilot-llm/model";
import type { HttpBindings } from "@hono/node-server";
import { bodyTooLarge, clientClosed } from "./body-refusals.js";
import { createContentDecoder, parseContentEncoding } from "./content-decoder.js";
import { discardRest } from "./discard-rest.js";
import { watchBody } from "./watch-body.js";

export interface ContentLimits {
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** Gives the content of the request's body to `take`; when that throws, the rest of it is read for nothing. */
export async function takeContent<Result>(
  { incoming, outgoing }: HttpBindings,
  limits: ContentLimits,
  take: (content: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  try {
    return await take(receiveContent(incoming, limits));
  } catch (error) {
    incoming.unpipe();
    discardRest(incoming, outgoing, limits.clock);
    throw error;
  }
}

/**
 * The request's body part by part as it comes, decoded where it is compressed. Throws `request_too_large` once it is
 * larger than `maxBytes`, `request_timeout` when nothing more comes, `client_closed` when the client hangs up,
 * `invalid_request` for what cannot be decoded and `unsupported_encoding` for a compression that is not taken.
 */
async function* receiveContent(
  incoming: IncomingMessage,
  { maxBytes, clock }: ContentLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let stalled: GatewayError | null = null;
  try {
    const content = await openContent(incoming, maxBytes);
    const stopWatching = watchBody(incoming, { clock, wholeWithinMs: null }, (error) => {
      stalled = error;
      content.destroy(error);
    });
    try {
      let bytes = 0;
      // The connection is still needed for the answer.
      for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw bodyTooLarge(maxBytes);
        yield chunk;
      }
    } finally {
      stopWatching();
    }
  } catch (error) {
    throw stalled ?? mapFailure(error, incoming);
  }
}

async function openContent(incoming: IncomingMessage, maxBytes: number): Promise<Readable> {
  const encoding = parseContentEncoding(incoming.headers);
  const decoder = encoding === null ? null : await createContentDecoder(encoding, maxBytes);
  if (incoming.destroyed) throw clientClosed();
  if (decoder === null) return incoming;
  incoming.on("close", () => {
    if (!incoming.readableEnded) decoder.destroy(clientClosed());
  });
  return incoming.pipe(decoder);
}

function mapFailure(error: unknown, incoming: IncomingMessage): GatewayError {
  if (error instanceof GatewayError) return error;
  if (incoming.destroyed && !incoming.readableEnded) return clientClosed();
  return new GatewayError("invalid_request", "The request body cannot be decoded as its `content-encoding` says.", {
    cause: error,
  });
}
