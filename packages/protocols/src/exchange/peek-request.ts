import type { JsonObject, Protocol } from "@copilot-llm/model";
import { peekAnthropicMessages } from "../anthropic-messages/peek.js";
import { parseBody } from "../body/parse-body.js";
import type { ConversationPeek, RequestPeek } from "../body/request-peek.js";
import { parseModel, parseStream } from "../body/require-field.js";
import { peekOpenaiChat } from "../openai-chat/peek.js";
import { peekOpenaiEmbeddings } from "../openai-embeddings/peek.js";
import { peekOpenaiResponses } from "../openai-responses/peek.js";

const peeks: Readonly<Record<Protocol, (body: JsonObject) => ConversationPeek>> = {
  "openai-chat": peekOpenaiChat,
  "openai-responses": peekOpenaiResponses,
  "anthropic-messages": peekAnthropicMessages,
  "openai-embeddings": peekOpenaiEmbeddings,
};

/**
 * Parses the body once and reads what the gateway must know. Throws GatewayError `invalid_request`, with `param`
 * where a field is at fault, for what no upstream could serve; fields that the gateway does not need are not looked at.
 */
export function peekRequest(protocol: Protocol, body: Uint8Array): RequestPeek {
  const { value, hasPlainModel } = parseBody(body);
  return {
    body: value,
    hasPlainModel,
    model: parseModel(value),
    stream: parseStream(value),
    ...peeks[protocol](value),
  };
}
