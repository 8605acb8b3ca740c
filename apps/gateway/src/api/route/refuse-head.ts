import { GatewayError } from "@copilot-llm/model";
import type { GatewayContext } from "../../http/request-context.js";

/** For a GET that gives something once, or writes down that it did: Hono would run it for a HEAD, and drop the answer. */
export function refuseHead(context: GatewayContext): void {
  if (context.req.method !== "HEAD") return;
  context.header("allow", "GET");
  throw new GatewayError("method_not_allowed", "HEAD is not offered here; use GET.");
}
