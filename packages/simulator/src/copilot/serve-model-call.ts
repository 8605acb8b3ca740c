import type { Account } from "../accounts/account.js";
import { applyQuotaReset, quotaHeaders } from "../accounts/quota.js";
import { type OpenCharge, openCharge } from "../billing/open-charge.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { Delivery } from "../faults/fault-effect.js";
import { isFaultName, presetEffect } from "../faults/preset-effect.js";
import { applyFault, type FaultResult, perform } from "../http/apply-fault.js";
import type { Exchange } from "../http/exchange.js";
import { sendRuleRefusal } from "../http/send-refusal.js";
import type { JsonObject } from "../json-value.js";
import { billingRules } from "../rules/billing-rules.js";
import { conversationRules } from "../rules/conversation-rules.js";
import { findRefusal } from "../rules/find-refusal.js";
import { locateScript, planReply } from "../script/plan-reply.js";
import type { IdOrigin } from "../service-ids.js";
import type { SimulatorState } from "../simulator-state.js";
import type { ModelRequest } from "../wires/model-request.js";
import type { ScriptedReply } from "../wires/scripted-reply.js";
import type { RenderContext, Wire } from "../wires/wire.js";
import { admitCall } from "./admit-call.js";
import { sendWhole } from "./send-whole.js";
import { streamReply } from "./stream-reply.js";

/** Answers one inference request: admit, check, plan, bill, render. */
export async function serveModelCall(exchange: Exchange, state: SimulatorState, wire: Wire): Promise<void> {
  const admitted = admitCall(exchange, state, wire.endpoint);
  const fault = await applyFault(exchange, state, "inference", admitted.account, admitted.modelId);
  if (fault.handled) return;
  if (admitted.refusal !== undefined) {
    sendRuleRefusal(exchange, admitted.refusal);
    return;
  }
  const { account, model, body } = admitted;
  const request = wire.readRequest(body);
  const origin: IdOrigin = { account: account.index, connection: exchange.record.connection, model: model.id };
  const position = locateScript(request.turns);
  const quirks = { ...state.quirks.resolve(account, model.id), ...position.script?.quirks };

  const input = { body, request, model, account, quirks, ids: state.ids, origin, header: exchange.header };
  const refused = findRefusal([...conversationRules, ...wire.rules], input, { model, quirks });
  if (refused !== undefined) {
    sendRuleRefusal(exchange, refused);
    return;
  }
  const scripted = await scriptedFault(exchange, state, position.script?.fault);
  if (scripted.handled) return;

  const initiator = exchange.header("x-initiator") === "agent" ? "agent" : "user";
  applyQuotaReset(account, state.clock.nowMs());
  const nowMs = state.clock.nowMs();
  const noQuota = findRefusal(billingRules, { account, model, initiator, nowMs });
  if (noQuota !== undefined) {
    sendRuleRefusal(exchange, noQuota, quotaHeaders(account, nowMs));
    return;
  }

  const planned = planReply(request, position, {
    quirks,
    ids: state.ids,
    origin,
    chunkDelayMs: state.chunkDelayMs,
    answerTo: state.answerTo,
    ignoresStructuredOutput: wire.name === "chat" && model.vendor === "anthropic",
  });
  const breakage = fault.breakage ?? scripted.breakage ?? planned.breakage;
  const delivery = fault.delivery ?? scripted.delivery;
  const reply: ScriptedReply = { ...planned, breakage };
  await answer(exchange, state, wire, { account, model, body, request, origin, reply, initiator, delivery });
}

interface AnsweredCall {
  readonly account: Account;
  readonly model: SimulatedModel;
  readonly body: JsonObject;
  readonly request: ModelRequest;
  readonly origin: IdOrigin;
  readonly reply: ScriptedReply;
  readonly initiator: "user" | "agent";
  readonly delivery: Delivery | undefined;
}

async function answer(exchange: Exchange, state: SimulatorState, wire: Wire, call: AnsweredCall): Promise<void> {
  const { account, model, body, request, origin, reply, initiator, delivery } = call;
  const prompt = state.promptCache.use({
    account: account.login,
    model: model.id,
    segments: request.segments,
    mode: wire.name === "messages" ? "breakpoints" : "automatic",
  });
  const charge: OpenCharge = openCharge({
    ledger: state.ledger,
    nowMs: state.clock.nowMs(),
    requestId: exchange.record.id,
    endpoint: wire.endpoint,
    account,
    model,
    initiator,
    prompt,
    outputTokens: reply.outputTokens,
    reasoningTokens: reply.reasoningTokens,
  });
  const context: RenderContext = {
    request,
    model,
    body,
    ids: state.ids,
    origin,
    usage: charge.usage,
    copilotUsage: charge.copilotUsage,
    createdAtSeconds: Math.floor(state.clock.nowMs() / 1000),
  };
  const headers = quotaHeaders(account, state.clock.nowMs());

  await exchange.sleep(reply.pacing.firstByteDelayMs);
  if (request.stream) {
    await streamReply(exchange, wire, reply, { context, charge, headers, delivery });
    return;
  }
  const { breakage } = reply;
  if (breakage !== undefined && breakage.kind !== "silence") {
    charge.settle("failed", 0, false);
    exchange.cut(false);
    return;
  }
  await exchange.sleep(breakage?.durationMs ?? 0);
  if (exchange.isGone()) {
    charge.settle("aborted", 1, false);
    return;
  }
  const isCut = delivery?.kind === "cut";
  charge.settle(isCut ? "failed" : "completed", 1, !isCut);
  await sendWhole(exchange, wire.renderBody(reply, context), headers, delivery);
}

/** A fault that the user message itself asks for. */
async function scriptedFault(
  exchange: Exchange,
  state: SimulatorState,
  name: string | undefined,
): Promise<FaultResult> {
  if (name === undefined || !isFaultName(name)) return { handled: false };
  exchange.note(`fault:${name}`);
  return perform(presetEffect(name, {}, state.clock.nowMs()), exchange);
}
