import type { MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { compress } from "hono/compress";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import type { GatewayEnv } from "./request-context.js";

const minCompressedBytes = 1_024;

/**
 * How the JSON of our own routes is sent: compressed where that pays, with a validator, so that a console that asks
 * again is told "not modified". What a route says must not be kept (`no-store`) has none. Whatever is written to the
 * Node response, such as an event stream, is left alone.
 */
export function deliverJson(): MiddlewareHandler<GatewayEnv> {
  return every(compress({ threshold: minCompressedBytes }), validateKept, announceJson);
}

const addValidator = etag({ retainedHeaders: [...RETAINED_304_HEADERS, "x-request-id"] });

const validateKept: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  await next();
  if (context.res.headers.get("cache-control") !== "no-store") await addValidator(context, async () => {});
};

/** Hono says no length of a JSON answer, and without one even the shortest is compressed. */
const announceJson: MiddlewareHandler<GatewayEnv> = async (context, next) => {
  await next();
  const { res } = context;
  if (!res.headers.get("content-type")?.startsWith("application/json")) return;
  const bytes = await res.arrayBuffer();
  context.res = new Response(bytes, res);
  context.header("content-length", String(bytes.byteLength));
  context.header("vary", "accept-encoding");
  if (res.headers.has("cache-control")) return;
  const mayBeKept = res.ok && (context.req.method === "GET" || context.req.method === "HEAD");
  context.header("cache-control", mayBeKept ? "private, no-cache" : "no-store");
};
