import { createProviderBackend, type McpBackend } from "@copilot-llm/mcp-tools";
import { GatewayError } from "@copilot-llm/model";
import type { TokenView } from "@copilot-llm/provider";
import type { Standalone } from "./open-standalone.js";

/** The tools' backend over a standalone provider: each call first makes sure that the account is signed in. */
export function createStandaloneBackend({ provider, tokenId }: Standalone): McpBackend {
  const hungUp = new AbortController().signal;
  const backend = createProviderBackend({
    provider,
    caller: () => ({ principal: { kind: "legacy_key" }, clientIp: null, userAgent: null, hungUp }),
  });
  const signedIn = async (): Promise<McpBackend> => {
    if (provider.listModels(null).length === 0) {
      const view = await provider.tokens.check(tokenId);
      if (provider.listModels(null).length === 0) throw signInError(view);
    }
    return backend;
  };
  return {
    chat: async (request, options) => (await signedIn()).chat(request, options),
    listModels: async (signal) => (await signedIn()).listModels(signal),
    quota: async (signal) => (await signedIn()).quota(signal),
  };
}

function signInError({ token, state, facts }: TokenView): GatewayError {
  const problem = facts.problem ?? ("reason" in state ? state.reason : "GitHub did not answer in time");
  if (state.status !== "auth_failed") {
    return new GatewayError("unavailable", `Signing in to GitHub Copilot has not worked yet: ${problem}`);
  }
  if (token.kind === "user") {
    return new GatewayError("unauthenticated", `GitHub refused GITHUB_TOKEN: ${problem}`);
  }
  return new GatewayError(
    "unauthenticated",
    `GITHUB_TOKEN is not set, and no signed-in user of the Copilot CLI or gh was found (${problem}). Set GITHUB_TOKEN in this server's env to a fine-grained token with the Copilot Requests permission, or set COPILOT_LLM_URL and COPILOT_LLM_KEY to use a gateway.`,
  );
}
