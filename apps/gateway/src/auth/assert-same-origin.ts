import { GatewayError } from "@copilot-llm/model";
import type { RequestHead } from "../http/request-head.js";

/**
 * What comes with the session's cookie and may change something must come from our own pages. Browsers say so in
 * `Sec-Fetch-Site`; only where they do not (plain http) is `Origin` compared with `Host`, which a proxy may have
 * rewritten. Throws `permission_denied`.
 */
export function assertSameOrigin(head: RequestHead): void {
  if (head.method === "GET" || head.method === "HEAD") return;
  const site = head.header("sec-fetch-site");
  const origin = head.header("origin");
  const isOwn =
    site === undefined
      ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === head.header("host"))
      : site === "same-origin" || site === "none";
  if (!isOwn) throw new GatewayError("permission_denied", "This request comes from another site.");
}
