import { estimateTokens, type JsonObject } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import type { RuleContext } from "../service-rules/service-rule.js";
import type { AnswerPlan } from "./answer-plan.js";
import { type AnswerReader, PreparedExchange, type SentRequest } from "./prepared-exchange.js";
import type { ServicePath } from "./protocols.js";
import { createStreamTranslator } from "./stream-translator.js";
import { translateRequest } from "./translate-request.js";
import { translateResponse } from "./translate-response.js";

/** The exchange of a client whose protocol the model does not speak: client -> canonical -> upstream, and back. */
export function prepareTranslation(
  client: WireDefinition,
  upstream: WireDefinition<ServicePath>,
  request: JsonObject,
  context: RuleContext,
): PreparedExchange {
  const { sent, plan } = planTranslation(client, upstream, request, context);
  return new PreparedExchange(sent, translateAnswers(plan));
}

/** The request for the other wire, and what its answer's way back must know. */
export function planTranslation(
  client: WireDefinition,
  upstream: WireDefinition<ServicePath>,
  request: JsonObject,
  context: RuleContext,
): { readonly sent: SentRequest; readonly plan: AnswerPlan } {
  const { body, applied, warnings, toolNames, stopsToCut, showsReasoning, includeUsage } = translateRequest(
    client,
    upstream,
    request,
    context,
  );
  const bytes = Buffer.from(writeJson(body));
  return {
    sent: {
      protocol: upstream,
      path: upstream.path,
      headers: upstream.encodeHeaders(null, context.refused),
      body,
      bytes,
      furtherBodies: [],
      applied,
      warnings,
    },
    plan: {
      client,
      upstream,
      modelId: context.model.id,
      toolNames,
      stopSequences: stopsToCut,
      includeUsage,
      showsReasoning,
      estimatedInputTokens: estimateTokens(bytes.length),
      settings: client.pickSettings?.(request) ?? {},
    },
  };
}

/** Answers that are taken apart and put together in the client's protocol. */
export function translateAnswers(plan: AnswerPlan): AnswerReader {
  return {
    keepsContentType: false,
    readAnswer: (received, ids) => translateResponse(plan, received, ids),
    openStream: (ids) => createStreamTranslator(plan, ids),
  };
}
