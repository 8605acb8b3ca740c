import type { IncomingMessage } from "node:http";
import { GatewayError } from "@copilot-llm/model";

/** Throws `invalid_request` where `Host` is missing although the version of HTTP asks for it. */
export function assertHost({ headers, httpVersion }: IncomingMessage): void {
  if (headers.host !== undefined || httpVersion === "1.0") return;
  throw new GatewayError("invalid_request", "The request has no `Host` header.");
}

/** Throws `invalid_request` where `Host` and path are no address: whoever makes a web request of it could not either. */
export function assertRequestTarget({ headers: { host = "" }, url = "" }: IncomingMessage): void {
  const isAbsolute = /^https?:\/\//i.test(url);
  if (!isAbsolute && !isHost(host)) {
    throw new GatewayError("invalid_request", "The `Host` header is no name of a host.");
  }
  const isPath = (isAbsolute || url.startsWith("/")) && !url.split("?", 1)[0]?.includes("\\");
  if (!isPath || !URL.canParse(isAbsolute ? url : `http://${host}${url}`)) {
    throw new GatewayError("invalid_request", "The request's address is no path.");
  }
}

/** Whether nothing but a host and a port is in it, as it stands: an address would hide the rest. */
function isHost(host: string): boolean {
  const address = `http://${host}/`;
  if (!URL.canParse(address)) return false;
  if (/^[\w.-]+(?::\d+)?$/.test(host)) return true;
  const { hostname } = new URL(address);
  return hostname.length === host.length || hostname === host.replace(/:\d+$/, "").toLowerCase();
}
