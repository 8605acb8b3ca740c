import type { RequestHead } from "../http/request-head.js";

/** Client headers that go on to the upstream where its wire knows them. */
const wireHeaderNames = ["anthropic-version", "anthropic-beta"] as const;

export function wireHeaders(head: RequestHead): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of wireHeaderNames) {
    const value = head.header(name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}
