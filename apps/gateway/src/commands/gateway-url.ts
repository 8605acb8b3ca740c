import type { CommandContext } from "./command-context.js";
import { UsageError } from "./usage-error.js";

/** Where the gateway is that a command talks to: as given, else `COPILOT_LLM_URL`, else that of this machine's settings. */
export function gatewayUrlOf(given: string | undefined, { environment, readSettings }: CommandContext): string {
  const address = given ?? environment.COPILOT_LLM_URL;
  if (address !== undefined && address.trim() !== "") return parseGatewayUrl(address.trim());
  const { host, port, publicUrl } = readSettings();
  if (publicUrl !== null) return publicUrl;
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

function parseGatewayUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new UsageError(`${JSON.stringify(text)} is no address of a gateway: give http://host:port or https://host`);
  }
  return text.replace(/\/+$/, "");
}
