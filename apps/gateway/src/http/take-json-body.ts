import { isUtf8 } from "node:buffer";
import { type Clock, GatewayError } from "@copilot-llm/model";
import type { MiddlewareHandler } from "hono";
import { readBodyInTime } from "./read-body-in-time.js";
import type { GatewayEnv } from "./request-context.js";

/** Deeper than anything that our own routes take. */
const maxLevels = 32;
const quote = 0x22;
const backslash = 0x5c;
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonBodyLimits {
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Null: as long as something comes. */
  readonly wholeWithinMs: number | null;
}

/**
 * Reads the body of one of our own routes before it is validated: UTF-8, no more than so many bytes, no slower than that,
 * no deeper than a few levels.
 */
export function takeJsonBody({ maxBytes, ...pace }: JsonBodyLimits): MiddlewareHandler<GatewayEnv> {
  return async function takeBody(context, next) {
    const { raw } = context.req;
    const { incoming } = context.env;
    if (raw.method !== "GET" && raw.method !== "HEAD" && hasBody(incoming.headers)) {
      const body = await readBodyInTime(incoming, maxBytes, pace);
      if (!isUtf8(body)) throw new GatewayError("invalid_request", "The request body is not valid UTF-8.");
      assertFlat(body);
      context.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: new Uint8Array(body) });
    }
    await next();
  };
}

function hasBody(headers: Readonly<Record<string, unknown>>): boolean {
  return headers["transfer-encoding"] !== undefined || !["0", undefined].includes(headers["content-length"] as string);
}

/** By its brackets, before it is parsed: whoever walks a value later may do so by recursion. */
function assertFlat(bytes: Uint8Array): void {
  let levels = 0;
  let isInText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (isInText) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInText = false;
    } else if (byte === quote) isInText = true;
    else if (byte === openBracket || byte === openBrace) {
      levels += 1;
      if (levels > maxLevels) {
        throw new GatewayError("invalid_request", `The JSON is nested deeper than ${maxLevels} levels.`);
      }
    } else if (byte === closeBracket || byte === closeBrace) levels -= 1;
  }
}
