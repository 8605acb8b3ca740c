import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { corsHeaders } from "../../http/cors.js";
import type { GatewayContext } from "../../http/request-context.js";
import type { BatchRouteOptions } from "./batch-route.js";

export interface Streamed {
  readonly contentType: string;
  /** Where it is known. */
  readonly bytes?: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Streams the content to the client, as slowly as it takes it. Never rejects. */
export async function writeContent(
  context: GatewayContext,
  { contentType, bytes, content }: Streamed,
  { corsOrigins }: Pick<BatchRouteOptions, "corsOrigins">,
): Promise<Response> {
  const { outgoing } = context.env;
  outgoing.writeHead(200, {
    ...context.get("exchange").answerHeaders,
    ...corsHeaders(corsOrigins, context.req.header("origin")),
    "cache-control": "no-store",
    "content-type": contentType,
    "x-request-id": context.get("exchange").requestId,
    ...(bytes === undefined ? {} : { "content-length": String(bytes) }),
  });
  // A client that leaves early is no error, and one that sees the connection cut knows that something is missing.
  await pipeline(Readable.from(content), outgoing).catch((error: unknown) => {
    context.get("exchange").logEntry.add({ error });
  });
  return RESPONSE_ALREADY_SENT;
}
