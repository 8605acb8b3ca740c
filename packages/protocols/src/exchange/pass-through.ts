import { estimateTokens, type JsonObject } from "@copilot-llm/model";
import { addedMembers, appendMembers } from "../body/append-members.js";
import { writeJson } from "../body/exact-json.js";
import { readExactly } from "../body/parse-body.js";
import { replaceModel } from "../body/replace-model.js";
import type { RequestPeek } from "../body/request-peek.js";
import type { ProtocolDefinition, WireDefinition } from "../codec/protocol-definition.js";
import type { RuleContext } from "../service-rules/service-rule.js";
import type { Exchange, ExchangeCall } from "./exchange.js";
import { type FittedRequest, fitRequest } from "./fit-request.js";
import { parseAnswer, readReportedUsage, refuseNoAnswer } from "./parse-answer.js";
import { createPassThroughStream } from "./pass-through-stream.js";
import { type AnswerReader, PreparedExchange } from "./prepared-exchange.js";
import type { ServicePath } from "./protocols.js";
import { translateAnswers } from "./translate.js";
import { withoutSent } from "./translate-request.js";

/**
 * The exchange of a client that speaks the model's own protocol: bytes go up and come down as they are, save what the
 * service does not take. Only an answer that the gateway must cut itself is taken apart.
 */
export function preparePassThrough(
  protocol: ProtocolDefinition<ServicePath>,
  call: ExchangeCall,
  peek: RequestPeek,
  context: RuleContext,
): Exchange {
  const modelId = context.model.id;
  const { path, answerField } = (call.operation === "count_tokens" ? protocol.tokenCount : null) ?? protocol;
  const { body: fitted, applied, isUnchanged } = fitBody(protocol, peek, context);
  const whole = fitted.model === modelId ? fitted : { ...fitted, model: modelId };
  const [body = whole, ...furtherBodies] = protocol.splitBody?.(whole, context.model) ?? [];
  const added = furtherBodies.length === 0 ? addedMembers(peek.body, fitted) : null;
  const bytes =
    added === null ? Buffer.from(writeJson(body)) : appendMembers(replaceModel(peek.bytes, peek, modelId), added);
  const sent = {
    protocol,
    path,
    headers: protocol.encodeHeaders(call.wireHeaders, context.refused),
    body,
    bytes,
    furtherBodies,
    applied,
    warnings: [],
  };
  const stops =
    isUnchanged || protocol.kind !== "conversation"
      ? []
      : withoutSent(protocol.stopSequences(peek.body), protocol.stopSequences(fitted));
  const answers =
    stops.length > 0 && protocol.kind === "conversation"
      ? cutAnswers(protocol, peek.body, modelId, stops, bytes.length)
      : passAnswers(protocol, peek.body, answerField);
  return new PreparedExchange(sent, answers);
}

/** Only what is written anew must be read to the last digit. */
function fitBody(
  protocol: ProtocolDefinition,
  { body, bytes }: RequestPeek,
  context: RuleContext,
): FittedRequest & { readonly isUnchanged: boolean } {
  const fitted = fitRequest(protocol, body, context);
  if (fitted.body === body) return { body, applied: fitted.applied, isUnchanged: true };
  if (addedMembers(body, fitted.body) !== null) return { ...fitted, isUnchanged: false };
  const exact = readExactly(bytes, body);
  return { ...(exact === body ? fitted : fitRequest(protocol, exact, context)), isUnchanged: false };
}

/** Answers that go on byte by byte. */
function passAnswers(protocol: ProtocolDefinition, request: JsonObject, answerField: string): AnswerReader {
  return {
    keepsContentType: true,
    readAnswer(received) {
      const answer = parseAnswer(received, JSON.parse);
      refuseNoAnswer(answer, answerField);
      return { body: protocol.finishAnswer(request, received), usage: readReportedUsage(protocol, answer) };
    },
    openStream({ requestId }) {
      if (protocol.kind !== "conversation") throw new Error(`Answers of ${protocol.id} do not stream.`);
      return createPassThroughStream(protocol, request, requestId);
    },
  };
}

/** Answers that end where the client's stop sequences stand. */
function cutAnswers(
  protocol: WireDefinition,
  request: JsonObject,
  modelId: string,
  stopSequences: readonly string[],
  bodyBytes: number,
): AnswerReader {
  return translateAnswers({
    client: protocol,
    upstream: protocol,
    modelId,
    toolNames: new Map(),
    stopSequences,
    includeUsage: protocol.decodeRequest(request).request.includeUsage,
    showsReasoning: true,
    estimatedInputTokens: estimateTokens(bodyBytes),
    settings: protocol.pickSettings?.(request) ?? {},
  });
}
