import { GatewayError } from "@copilot-llm/model";
import { CidrList } from "../env/cidr-list.js";

export interface OriginRules {
  readonly corsOrigins: "*" | readonly string[];
  /** The address that clients use, when it is not the one we listen on. */
  readonly publicUrl: string | null;
  readonly trustProxy: CidrList;
}

/** Where a request says it comes from and goes to. */
export interface RequestOrigin {
  /** The `Host` header, `Origin` header and the socket's two ends. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly localAddress: string | undefined;
  readonly remoteAddress: string | undefined;
}

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const loopbackAddresses = new CidrList(["127.0.0.0/8", "::1"]);

/**
 * Refuses what a page of another site sends through a visitor's browser (MCP, Streamable HTTP, "Security Warning"): an
 * `Origin` that is neither allowed nor our own, and on a direct loopback connection a `Host` that DNS rebinding pointed
 * at us. A trusted proxy has seen to the name itself. Throws `permission_denied`.
 */
export function assertTrustedOrigin(request: RequestOrigin, rules: OriginRules): void {
  const { host = "", origin, localAddress, remoteAddress } = request;
  const ownHost = rules.publicUrl === null ? null : new URL(rules.publicUrl).host;
  const isLocalName = loopbackNames.has(host.toLowerCase().replace(/:\d+$/, ""));
  const isDirect = remoteAddress === undefined || !rules.trustProxy.has(remoteAddress);
  const isLoopback = localAddress !== undefined && loopbackAddresses.has(localAddress);
  if (isLoopback && isDirect && !isLocalName && host !== ownHost) {
    throw new GatewayError(
      "permission_denied",
      `The Host ${JSON.stringify(host)} is not this gateway's. Use localhost, or set PUBLIC_URL to the address that clients use.`,
    );
  }
  if (origin === undefined || rules.corsOrigins === "*" || rules.corsOrigins.includes(origin)) return;
  const originHost = URL.canParse(origin) ? new URL(origin).host : null;
  const isOwn = originHost !== null && (originHost === ownHost || (isLocalName && originHost === host));
  if (!isOwn) {
    throw new GatewayError("permission_denied", `The origin ${JSON.stringify(origin)} is not allowed by CORS_ORIGINS.`);
  }
}
