import type { CidrList } from "../env/cidr-list.js";
import { isSecure } from "./client-address.js";
import type { GatewayContext } from "./request-context.js";

/** The gateway's address as the client has it, without a slash at its end: by https where a trusted proxy says so. */
export function originOf(context: GatewayContext, trustProxy: CidrList): string {
  const scheme = isSecure(context.env.incoming, trustProxy) ? "https" : "http";
  return `${scheme}://${new URL(context.req.url).host}`;
}
