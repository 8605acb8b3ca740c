import type { GatewayContext } from "./request-context.js";
import type { HeaderValues } from "./write-answer.js";

const none: HeaderValues = {};
const exposed = "x-request-id, request-id, retry-after, x-should-retry, x-model-served";

/**
 * CORS headers for data routes. Never `access-control-allow-credentials`: a page of another origin must bring a key of
 * its own and cannot ride on a console session.
 */
export function corsHeaders(allowed: "*" | readonly string[], origin: string | undefined): HeaderValues {
  if (allowed === "*") {
    return origin === undefined
      ? none
      : { "access-control-allow-origin": "*", "access-control-expose-headers": exposed };
  }
  if (allowed.length === 0) return none;
  // Said to all: a cache must not give the answer for one origin to another.
  if (origin === undefined || !allowed.includes(origin)) return { vary: "origin" };
  return { "access-control-allow-origin": origin, vary: "origin", "access-control-expose-headers": exposed };
}

/** Sets them on whatever Hono answers, errors included: a page can read those only with them. */
export function setCorsHeaders(context: GatewayContext, allowed: "*" | readonly string[]): void {
  const headers = corsHeaders(allowed, context.req.header("origin"));
  for (const name in headers) context.header(name, headers[name]);
}

/** The answer to a preflight. */
export function answerPreflight(context: GatewayContext, allowed: "*" | readonly string[]): Response {
  const cors = corsHeaders(allowed, context.req.header("origin"));
  return context.body(null, 204, preflightHeaders(cors, context.req.header("access-control-request-headers")));
}

/** What a preflight is answered; an origin that is not allowed gets no permission. */
export function preflightHeaders(cors: HeaderValues, requestedHeaders: string | undefined): HeaderValues {
  if (cors["access-control-allow-origin"] === undefined) return none;
  return {
    ...cors,
    "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
    "access-control-allow-headers": requestedHeaders ?? "authorization, content-type, x-api-key",
    "access-control-max-age": "86400",
  };
}
