import type { Account } from "../accounts/account.js";
import type { ModelEndpoint, SimulatedModel } from "../catalogue/simulated-model.js";
import { authenticate } from "../http/credential.js";
import type { Exchange } from "../http/exchange.js";
import { type JsonObject, stringOf } from "../json-value.js";
import { accessRules, admissionRules } from "../rules/admission-rules.js";
import { findRefusal, type RefusedByRule } from "../rules/find-refusal.js";
import type { SimulatorState } from "../simulator-state.js";

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
      readonly refusal: RefusedByRule;
      readonly account: Account | undefined;
      readonly modelId: string | undefined;
    };

/** The checks that come before a body is understood: credential, headers, JSON, model, endpoint. */
export function admitCall(exchange: Exchange, state: SimulatorState, endpoint: ModelEndpoint): AdmittedCall {
  const account = authenticate(exchange, state);
  const body = exchange.json();
  const modelId = body === undefined ? undefined : stringOf(body.model);
  const model = state.models.find(({ id }) => id === modelId && !account?.hiddenModels.has(id));
  const input = { account, body, modelId, endpoint, candidate: model, header: exchange.header };
  const refusal = findRefusal(admissionRules, input);
  if (refusal !== undefined) return { refusal, account, modelId };
  if (account === undefined || body === undefined || modelId === undefined || model === undefined) {
    throw new Error("the admission rules let a call pass that names no account, body or model");
  }
  return { refusal: undefined, account, model, modelId, body };
}

/** Credential and header checks of every route on the Copilot side. */
export function checkCopilotAccess(exchange: Exchange, account: Account | undefined): RefusedByRule | undefined {
  return findRefusal(accessRules, { account, header: exchange.header });
}
