import type { Actor } from "@copilot-llm/provider";
import type { GatewayContext } from "../http/request-context.js";

/** Who makes a change, for the audit trail. */
export function actorOf(context: GatewayContext): Actor {
  return { username: context.get("user").username, clientIp: context.get("exchange").clientIp };
}
