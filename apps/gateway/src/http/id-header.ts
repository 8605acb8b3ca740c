import { GatewayError } from "@copilot-llm/model";
import type { RequestHead } from "./request-head.js";

/** What our ids are made of. */
export const idPattern = /^[\w.:-]{1,128}$/;

/** The id that a header names; null where it is not sent. Throws `invalid_request` for what cannot be one. */
export function idHeader(head: RequestHead, name: string): string | null {
  const value = head.header(name);
  if (value === undefined) return null;
  if (idPattern.test(value)) return value;
  throw new GatewayError("invalid_request", `\`${name}\` must be an id: letters, digits and . _ : - only.`, {
    param: name,
  });
}
