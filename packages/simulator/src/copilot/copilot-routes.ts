import type { Account } from "../accounts/account.js";
import { renderCatalogue } from "../catalogue/render-catalogue.js";
import { applyFault } from "../http/apply-fault.js";
import { authenticate } from "../http/credential.js";
import type { Exchange } from "../http/exchange.js";
import { sendRefusal, sendRuleRefusal } from "../http/send-refusal.js";
import type { SimulatorState } from "../simulator-state.js";
import { chatWire } from "../wires/chat/chat-wire.js";
import { messagesWire } from "../wires/messages/messages-wire.js";
import { createServiceError } from "../wires/refusal.js";
import { responsesWire } from "../wires/responses/responses-wire.js";
import { checkCopilotAccess } from "./admit-call.js";
import { serveCountTokens } from "./serve-count-tokens.js";
import { serveEmbeddings } from "./serve-embeddings.js";
import { serveMcp } from "./serve-mcp.js";
import { serveModelCall } from "./serve-model-call.js";

const sessionLifetimeSeconds = 1800;

/** Answers the Copilot API. False when the path is none of its. */
export async function serveCopilot(exchange: Exchange, state: SimulatorState): Promise<boolean> {
  const { path, method } = exchange;
  if (path === "/_ping") {
    exchange.sendText(200, "OK");
    return true;
  }
  const post = method === "POST" ? postRoutes[path] : undefined;
  if (post !== undefined) {
    await post(exchange, state);
    return true;
  }
  if (path === "/v1/files" || path === "/v1/messages/batches") {
    exchange.sendText(404, "404 page not found\n");
    return true;
  }
  const known = path.startsWith("/models") || path.startsWith("/mcp") || path.startsWith("/agents/");
  if (!known) return false;

  const account = authenticate(exchange, state);
  const fault = await applyFault(exchange, state, "copilot", account);
  if (fault.handled) return true;
  const refused = checkCopilotAccess(exchange, account);
  // A new session is how a stale credential is renewed, so it must get through.
  if (refused !== undefined && !(path === "/models/session" && refused.rule === "credential-expired")) {
    sendRuleRefusal(exchange, refused);
    return true;
  }
  return account !== undefined && serveAccountRoute(exchange, state, account);
}

const postRoutes: Readonly<Record<string, (exchange: Exchange, state: SimulatorState) => Promise<void>>> = {
  "/chat/completions": (exchange, state) => serveModelCall(exchange, state, chatWire),
  "/responses": (exchange, state) => serveModelCall(exchange, state, responsesWire),
  "/v1/messages": (exchange, state) => serveModelCall(exchange, state, messagesWire),
  "/v1/messages/count_tokens": serveCountTokens,
  "/embeddings": serveEmbeddings,
};

function serveAccountRoute(exchange: Exchange, state: SimulatorState, account: Account): boolean {
  const { path, method } = exchange;
  const catalogue = renderCatalogue(state.models, account, exchange.header("x-github-api-version"));
  if (path === "/models" && method === "GET") {
    exchange.sendJson(200, { object: "list", data: catalogue });
    return true;
  }
  if (path === "/models/session" && method === "POST") {
    account.credentialExpired = false;
    const available = catalogue.filter((item) => item.model_picker_enabled === true).map((item) => item.id);
    exchange.sendJson(200, {
      selected_model: available[0],
      session_token: state.ids.next("session-"),
      expires_at: Math.floor(state.clock.nowMs() / 1000) + sessionLifetimeSeconds,
      available_models: available,
      discounted_costs: {},
    });
    return true;
  }
  const policyModel = /^\/models\/([^/]+)\/policy$/.exec(path)?.[1];
  if (policyModel !== undefined && method === "POST") {
    const requested = exchange.json()?.state;
    const next = requested === "enabled" || requested === "disabled" ? requested : undefined;
    if (next === undefined)
      sendRefusal(exchange, createServiceError(400, "invalid policy state", "invalid_request_body"));
    else {
      account.modelPolicy.set(decodeURIComponent(policyModel), next);
      exchange.sendJson(200, { state: next });
    }
    return true;
  }
  const modelId = /^\/models\/([^/]+)$/.exec(path)?.[1];
  if (modelId !== undefined && method === "GET") {
    const item = catalogue.find((candidate) => candidate.id === decodeURIComponent(modelId));
    if (item === undefined) return false;
    exchange.sendJson(200, item);
    return true;
  }
  if (path.startsWith("/mcp")) return serveMcp(exchange);
  return serveMemory(exchange);
}

function serveMemory(exchange: Exchange): boolean {
  const kind = /^\/agents\/.+\/memory\/.+\/(enabled|recent)$/.exec(exchange.path)?.[1];
  if (kind === undefined) return false;
  exchange.sendJson(200, kind === "enabled" ? { enabled: false } : { memories: [] });
  return true;
}
