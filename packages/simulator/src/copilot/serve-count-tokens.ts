import { applyFault } from "../http/apply-fault.js";
import type { Exchange } from "../http/exchange.js";
import { sendRuleRefusal } from "../http/send-refusal.js";
import type { SimulatorState } from "../simulator-state.js";
import { readMessagesRequest } from "../wires/messages/read-request.js";
import { admitCall } from "./admit-call.js";

/** Answers `POST /v1/messages/count_tokens`: what `/v1/messages` would charge for the prompt. Free of charge. */
export async function serveCountTokens(exchange: Exchange, state: SimulatorState): Promise<void> {
  const admitted = admitCall(exchange, state, "/v1/messages");
  const fault = await applyFault(exchange, state, "inference", admitted.account, admitted.modelId);
  if (fault.handled) return;
  if (admitted.refusal !== undefined) {
    sendRuleRefusal(exchange, admitted.refusal);
    return;
  }
  const { segments } = readMessagesRequest(admitted.body);
  exchange.sendJson(200, { input_tokens: segments.reduce((sum, segment) => sum + segment.tokens, 0) });
}
