import type { IncomingMessage } from "node:http";
import type { CidrList } from "../env/cidr-list.js";
import { isSecure } from "./client-address.js";
import type { HeaderValues } from "./write-answer.js";

/** What no answer of ours needs of a browser, so that whatever is smuggled into one has it neither. */
export const plainAnswerHeaders: HeaderValues = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** A year; of this name only, since others of its domain are not ours. */
const overTls: HeaderValues = { ...plainAnswerHeaders, "strict-transport-security": "max-age=31536000" };

/** What every answer to this request carries. */
export function answerHeadersFor(incoming: IncomingMessage, trusted: CidrList): HeaderValues {
  return isSecure(incoming, trusted) ? overTls : plainAnswerHeaders;
}
