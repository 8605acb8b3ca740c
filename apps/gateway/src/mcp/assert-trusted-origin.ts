import { GatewayError } from "@copilot-llm/model";
import { CidrList } from "../env/cidr-list.js";
import type { GatewayContext } from "../http/request-context.js";

export interface OriginRules {
  readonly corsOrigins: "*" | readonly string[];
  /** The address that clients use, when it is not the one we listen on. */
  readonly publicUrl: string | null;
  readonly trustProxy: CidrList;
}

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const loopbackAddresses = new CidrList(["127.0.0.0/8", "::1"]);

/**
 * Refuses what a page of another site sends through a visitor's browser (MCP, Streamable HTTP, "Security Warning"): an
 * `Origin` that is neither allowed nor our own, and on a loopback connection a `Host` that DNS rebinding pointed at us.
 * Throws `permission_denied`.
 */
export function assertTrustedOrigin(context: GatewayContext, rules: OriginRules): void {
  const ownHost = rules.publicUrl === null ? null : new URL(rules.publicUrl).host;
  const host = context.req.header("host") ?? "";
  const isLocalName = loopbackNames.has(nameOf(host));
  if (!isLocalName && host !== ownHost && isDirectLoopback(context, rules.trustProxy)) {
    throw new GatewayError(
      "permission_denied",
      `The Host ${JSON.stringify(host)} is not this gateway's. Use localhost, or set PUBLIC_URL to the address that clients use.`,
    );
  }
  const origin = context.req.header("origin");
  if (origin === undefined || rules.corsOrigins === "*" || rules.corsOrigins.includes(origin)) return;
  const originHost = URL.canParse(origin) ? new URL(origin).host : null;
  const isOwn = originHost !== null && (originHost === ownHost || (isLocalName && originHost === host));
  if (!isOwn) {
    throw new GatewayError("permission_denied", `The origin ${JSON.stringify(origin)} is not allowed by CORS_ORIGINS.`);
  }
}

/** A host without its port, in lower case. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

/** A proxy in front of us has seen to the name by which it was called. */
function isDirectLoopback(context: GatewayContext, trustProxy: CidrList): boolean {
  const { localAddress, remoteAddress } = context.env.incoming.socket;
  return (
    localAddress !== undefined &&
    loopbackAddresses.has(localAddress) &&
    !(remoteAddress !== undefined && trustProxy.has(remoteAddress))
  );
}
