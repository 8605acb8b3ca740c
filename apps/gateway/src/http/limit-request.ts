import type { IncomingMessage } from "node:http";
import { GatewayError } from "@copilot-llm/model";
import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./request-context.js";

const maxUrlCharacters = 8 * 1024;
const maxHeaders = 100;
const maxQueryParameters = 100;

/**
 * Refuses, with `request_too_large`, addresses and headers that no client of ours sends. How long headers may be together is
 * the server's to say.
 */
export function assertHeadSize({ url = "", rawHeaders }: IncomingMessage): void {
  if (url.length > maxUrlCharacters) {
    throw new GatewayError("request_too_large", `The address is longer than ${maxUrlCharacters} characters.`);
  }
  // Names and values in turn.
  if (rawHeaders.length > 2 * maxHeaders) {
    throw new GatewayError("request_too_large", `The request has more than ${maxHeaders} headers.`);
  }
  const at = url.indexOf("?");
  if (at !== -1 && url.slice(at).split("&", maxQueryParameters + 1).length > maxQueryParameters) {
    throw new GatewayError("request_too_large", `The address has more than ${maxQueryParameters} parameters.`);
  }
}

export const limitRequest: MiddlewareHandler<GatewayEnv> = (context, next) => {
  assertHeadSize(context.env.incoming);
  return next();
};
