import { createGatewayBackend, createLazyBackend, type McpBackend } from "@copilot-llm/mcp-tools";
import { GatewayError } from "@copilot-llm/model";
import type { Standalone, StandaloneOptions } from "./standalone/open-standalone.js";

export interface ClosableBackend {
  readonly backend: McpBackend;
  close(): Promise<void>;
}

/**
 * The gateway that the settings name, else a provider in this process. Nothing is opened before the first call, so a
 * setting that is missing is told by the tools, which a user sees, and not by a server that does not start.
 */
export function createBackend(options: StandaloneOptions, userAgent: string): ClosableBackend {
  const { gatewayUrl: url, gatewayKey: key } = options.settings;
  if (url !== null && key !== null) {
    return { backend: createGatewayBackend({ url, key, userAgent }), close: async () => {} };
  }
  if (url !== null || key !== null) {
    const [given, missing] =
      url === null ? ["COPILOT_LLM_KEY", "COPILOT_LLM_URL"] : ["COPILOT_LLM_URL", "COPILOT_LLM_KEY"];
    const error = new GatewayError(
      "invalid_request",
      `${given} is set, but ${missing} is not: set both to use a gateway.`,
    );
    return { backend: createLazyBackend(() => Promise.reject(error)), close: async () => {} };
  }

  let opening: Promise<Standalone> | null = null;
  let isClosed = false;
  return {
    backend: createLazyBackend(async () => {
      // Loaded when needed: the SDK and the stores take longer than the rest of the start.
      const { createStandaloneBackend } = await import("./standalone/create-standalone-backend.js");
      if (isClosed) throw new GatewayError("unavailable", "The server is stopping.");
      opening = import("./standalone/open-standalone.js").then(({ openStandalone }) => openStandalone(options));
      return createStandaloneBackend(await opening);
    }),
    async close() {
      isClosed = true;
      await (await opening?.catch(() => null))?.close();
    },
  };
}
