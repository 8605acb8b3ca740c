import type { Account } from "../accounts/account.js";
import type { ModelEndpoint, SimulatedModel } from "../catalogue/simulated-model.js";
import { authenticate } from "../http/credential.js";
import type { Exchange } from "../http/exchange.js";
import { type JsonObject, stringOf } from "../json-value.js";
import type { SimulatorState } from "../simulator-state.js";
import { modelNotSupported } from "../wires/common-rules.js";
import { createGitHubError, createServiceError, createTextError, type Refusal } from "../wires/refusal.js";

/** A call that named an account and a model it can reach, or the rule that refused it. */
export type AdmittedCall =
  | {
      readonly refusal: undefined;
      readonly account: Account;
      readonly model: SimulatedModel;
      readonly modelId: string;
      readonly body: JsonObject;
    }
  | {
      readonly refusal: { readonly rule: string; readonly refusal: Refusal };
      readonly account: Account | undefined;
      readonly modelId: string | undefined;
    };

const oldestApiVersion = "2025-04-01";

/** The checks that come before a body is understood: credential, headers, JSON, model, endpoint. */
export function admitCall(exchange: Exchange, state: SimulatorState, endpoint: ModelEndpoint): AdmittedCall {
  const account = authenticate(exchange, state);
  const body = exchange.json();
  const modelId = body === undefined ? undefined : stringOf(body.model);
  const refuse = (rule: string, refusal: Refusal): AdmittedCall => ({ refusal: { rule, refusal }, account, modelId });

  const early = checkCopilotAccess(exchange, account);
  if (early !== undefined) return refuse(early.rule, early.refusal);
  if (account === undefined || body === undefined || modelId === undefined) {
    return refuse("invalid-json", createServiceError(400, "failed to parse request body", "invalid_request_body"));
  }
  const model = state.models.find((candidate) => candidate.id === modelId && !account.hiddenModels.has(modelId));
  if (model === undefined) return refuse("model-not-supported", modelNotSupported());
  if (!model.endpoints.includes(endpoint)) {
    const message = `model "${modelId}" is not accessible via the ${endpoint} endpoint`;
    return refuse("unsupported-api", createServiceError(400, message, "unsupported_api_for_model"));
  }
  return { refusal: undefined, account, model, modelId, body };
}

/** Credential and header checks of every route on the Copilot side. */
export function checkCopilotAccess(
  exchange: Exchange,
  account: Account | undefined,
): { readonly rule: string; readonly refusal: Refusal } | undefined {
  if (account === undefined) return { rule: "bad-credentials", refusal: createGitHubError(401, "Bad credentials") };
  if (account.credentialExpired) {
    return { rule: "credential-expired", refusal: createTextError(401, "unauthorized: token expired\n") };
  }
  if (account.standing === "no_copilot") {
    return { rule: "no-copilot", refusal: createGitHubError(403, "You do not have access to GitHub Copilot.") };
  }
  const version = exchange.header("x-github-api-version");
  if (version !== undefined && version < oldestApiVersion) {
    const text = "bad request: the specified API version is no longer supported, please update your client\n";
    return { rule: "api-version-too-old", refusal: createTextError(466, text) };
  }
  const integration = exchange.header("copilot-integration-id") ?? "";
  if (integration.startsWith("vscode") && exchange.header("editor-version") === undefined) {
    const text = "bad request: missing Editor-Version header for IDE auth\n";
    return { rule: "editor-version-missing", refusal: createTextError(400, text) };
  }
  return undefined;
}
