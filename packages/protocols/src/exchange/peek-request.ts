import type { Protocol } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import { type ParsedBody, parseBody, readExactly } from "../body/parse-body.js";
import type { RequestPeek } from "../body/request-peek.js";
import { parseModel, parseStream } from "../body/require-field.js";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";
import { protocolOf } from "./protocols.js";
import { findOtherForm, readOtherForm } from "./read-other-form.js";

/**
 * Parses the body once and reads what the gateway must know. Throws GatewayError `invalid_request`, with `param`
 * where a field is at fault, for what no upstream could serve; fields that the gateway does not need are not looked at.
 */
export function peekRequest(protocol: Protocol, bytes: Uint8Array): RequestPeek {
  const definition = protocolOf(protocol);
  const parsed = parseBody(bytes);
  const form = definition.kind === "conversation" ? findOtherForm(definition, parsed.value) : null;
  if (definition.kind !== "conversation" || form === null) return peekBody(definition, bytes, parsed);
  const value = readOtherForm(definition, form, readExactly(bytes, parsed.value));
  return peekBody(definition, Buffer.from(writeJson(value)), { value, hasPlainModel: true });
}

function peekBody(
  definition: ProtocolDefinition,
  bytes: Uint8Array,
  { value, hasPlainModel }: ParsedBody,
): RequestPeek {
  const model = parseModel(value);
  const stream = parseStream(value);
  const peek = definition.peek(value);
  // Not by a spread, which costs more than the rest of the looking.
  return {
    bytes,
    body: value,
    hasPlainModel,
    model,
    stream,
    initiator: peek.initiator,
    hasImages: peek.hasImages,
    conversationFingerprint: peek.conversationFingerprint,
    turns: peek.turns,
    startsConversation: peek.startsConversation,
    maxOutputTokens: peek.maxOutputTokens,
  };
}
