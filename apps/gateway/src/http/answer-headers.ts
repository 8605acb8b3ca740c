import type { MiddlewareHandler } from "hono";
import type { CidrList } from "../env/cidr-list.js";
import { isSecure } from "./client-address.js";
import type { GatewayEnv } from "./request-context.js";
import type { HeaderValues } from "./write-answer.js";

/** What no answer of ours needs of a browser, so that whatever is smuggled into one has it neither. */
const always: HeaderValues = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** A year; of this name only, since others of its domain are not ours. */
const overTls: HeaderValues = { ...always, "strict-transport-security": "max-age=31536000" };

/** Puts them on whatever Hono answers, and where those find them that write to the Node response themselves. */
export function setAnswerHeaders(trusted: CidrList): MiddlewareHandler<GatewayEnv> {
  return async function setHeaders(context, next) {
    const headers = isSecure(context.env.incoming, trusted) ? overTls : always;
    context.set("answerHeaders", headers);
    for (const name in headers) context.header(name, headers[name]);
    await next();
  };
}
