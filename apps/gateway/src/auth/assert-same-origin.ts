import { GatewayError } from "@copilot-llm/model";
import type { GatewayContext } from "../http/request-context.js";

/**
 * What comes with the session's cookie and may change something must come from our own pages. Browsers say so in
 * `Sec-Fetch-Site`; only where they do not (plain http) is `Origin` compared with `Host`, which a proxy may have
 * rewritten. Throws `permission_denied`.
 */
export function assertSameOrigin(context: GatewayContext): void {
  if (context.req.method === "GET" || context.req.method === "HEAD") return;
  const site = context.req.header("sec-fetch-site");
  const origin = context.req.header("origin");
  const isOwn =
    site === undefined
      ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === context.req.header("host"))
      : site === "same-origin" || site === "none";
  if (!isOwn) throw new GatewayError("permission_denied", "This request comes from another site.");
}
