import path from "node:path";
import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

// Next reads this after the config: no build or development server of ours reports to anyone.
process.env.NEXT_TELEMETRY_DISABLED = "1";

const gatewayPaths = ["api", "openai", "anthropic", "v1", "me", "health", "ready", "openapi.json"];

/** Messages are compiled by the build; the browser gets only what formats them. */
const turbopack: NonNullable<NextConfig["turbopack"]> = {
  rules: {
    "*.json": {
      condition: { path: /apps\/console\/messages\/[^/]+\/[^/]+\.json$/ },
      loaders: [path.join(import.meta.dirname, "messages-loader.cjs")],
      as: "*.js",
    },
  },
  resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
};

/** A static export for the gateway; in development a server that passes the gateway's own paths on to it. */
export default function nextConfig(phase: string): NextConfig {
  const common: NextConfig = { trailingSlash: true, images: { unoptimized: true }, agentRules: false, turbopack };
  if (phase !== PHASE_DEVELOPMENT_SERVER) return { ...common, output: "export" };
  const gatewayUrl = process.env.GATEWAY_URL ?? "http://127.0.0.1:8000";
  return {
    ...common,
    skipTrailingSlashRedirect: true,
    rewrites: async () =>
      gatewayPaths.flatMap((path) => [
        { source: `/${path}`, destination: `${gatewayUrl}/${path}` },
        { source: `/${path}/:rest*`, destination: `${gatewayUrl}/${path}/:rest*` },
      ]),
  };
}
