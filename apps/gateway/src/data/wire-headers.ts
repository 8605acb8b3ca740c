import type { GatewayContext } from "../http/request-context.js";

/** Client headers that go on to the upstream where its wire knows them. */
const wireHeaderNames = ["anthropic-version", "anthropic-beta"] as const;

export function wireHeaders(context: GatewayContext): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of wireHeaderNames) {
    const value = context.req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}
