import type { Wire } from "@copilot-llm/model";
import { anthropicMessagesCodec } from "../anthropic-messages/codec.js";
import type { WireCodec } from "../codec/wire-codec.js";
import { openaiChatCodec } from "../openai-chat/codec.js";
import { openaiResponsesCodec } from "../openai-responses/codec.js";

const codecs: Readonly<Record<Wire, WireCodec>> = {
  "openai-chat": openaiChatCodec,
  "openai-responses": openaiResponsesCodec,
  "anthropic-messages": anthropicMessagesCodec,
};

/** The codec of a wire; the only selector there is. */
export function codecFor(wire: Wire): WireCodec {
  return codecs[wire];
}
