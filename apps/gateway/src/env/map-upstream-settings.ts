import type { UpstreamOptions } from "@copilot-llm/copilot";
import type { GatewaySettings } from "./gateway-settings.js";

/** How GitHub and Copilot are reached: the same for who serves and for who only checks. */
export function mapUpstreamSettings(settings: GatewaySettings) {
  return {
    copilotApiUrl: settings.copilotApiUrl ?? undefined,
    githubApiUrl: settings.githubApiUrl ?? undefined,
    httpsProxy: settings.httpsProxy ?? undefined,
    noProxy: settings.noProxy ?? undefined,
    extraCaCertsFile: settings.extraCaCertsFile ?? undefined,
    timeouts: {
      connectMs: settings.connectTimeoutMs,
      firstByteMs: settings.firstByteTimeoutMs,
      idleMs: settings.idleTimeoutMs,
    },
  } satisfies Partial<UpstreamOptions>;
}
