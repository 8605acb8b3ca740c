import { type OperatingSystem, operatingSystems } from "@copilot-llm/connect";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

export const connectParsers = {
  client: parseAsString.withDefault("claude-code"),
  key: parseAsString,
  model: parseAsString,
  fast: parseAsString,
  os: parseAsStringLiteral(operatingSystems),
};

/** What the page shows, as it stands in the address. A key's value is never in it. */
export function useConnectView() {
  return useQueryStates(connectParsers);
}

/** The system that the browser says it runs on. */
export function detectSystem(userAgent: string): OperatingSystem {
  if (userAgent.includes("Windows")) return "windows";
  return /Mac OS|iPhone|iPad/u.test(userAgent) ? "macos" : "linux";
}
